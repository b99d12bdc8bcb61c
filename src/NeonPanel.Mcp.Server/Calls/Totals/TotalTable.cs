using System.Text;
using NeonPanel.Mcp.Server.Answers;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>Adds up rows as they arrive and forgets them. Amounts of different currencies go to different groups (rule
/// D12).</summary>
internal sealed class TotalTable
{
    public const int MaxGroups = 1000;

    private readonly TotalQuery query;
    private readonly RowFields fields;
    private readonly int[] bySlots;
    private readonly int[] slots;
    private readonly IReadOnlyList<int>[] money;
    private readonly int declaredCurrency;
    private readonly bool isOfMoney;
    private readonly Dictionary<string, TotalGroup> groups = new(StringComparer.Ordinal);
    private readonly StringBuilder identity = new();

    /// <param name="members">The members that rows may have.</param>
    /// <param name="currency">The member of a row that holds the currency, if the overlay names it.</param>
    public TotalTable(TotalQuery query, RowFields fields, RowMembers members, RowMember? currency)
    {
        this.query = query;
        this.fields = fields;
        bySlots = [.. query.By.Select(fields.Add)];
        slots = [.. query.Functions.Select(function => function.Member is { } member ? fields.Add(member) : -1)];
        declaredCurrency = currency is null ? -1 : fields.Add(currency);
        isOfMoney = query.Functions.Any(function =>
            function.Member is { } member
            && (function.Kind == TotalKind.Sum || member.IsNumber)
            && (currency is null ? members.HasCurrency(member) : CurrencyNames.MayBeMoney(member.Steps[^1]))
        );
        money =
        [
            .. query.Functions.Select(function =>
                function.Member is { } member && currency is null && CurrencyNames.MayBeMoney(member.Steps[^1])
                    ? fields.AddCurrency(member)
                    : []
            ),
        ];
    }

    public int Count => groups.Count;

    /// <summary>Adds the row that <see cref="RowFields"/> has read last.</summary>
    /// <exception cref="RowFaultException">A value does not fit its function, or there are too many groups.</exception>
    public void Add(ReadOnlySpan<byte> json)
    {
        var group = GroupOf(json);
        for (var index = 0; index < slots.Length; index++)
        {
            var value = slots[index] < 0 ? default : fields.Value(json, slots[index]);
            group.Cells[index].Add(query.Functions[index], value);
        }
    }

    /// <summary>Returns the groups for the result: by currency, then the largest first.</summary>
    public TotalResult Result()
    {
        var isMoney = IsMoney();
        var merged = Merged(isMoney);
        var ordered = merged
            .OrderBy(group => string.Join('\n', group.Currencies), StringComparer.Ordinal)
            .ThenByDescending(group => group.Cells[0].Number is not null || group.Cells[0].IsDay)
            .ThenByDescending(group => group.Cells[0].Number ?? default)
            .ThenByDescending(group => group.Cells[0].Day)
            .ThenBy(group => group.Identity, StringComparer.Ordinal);
        List<TotalGroup> shown = query.Top is { } top
            ?
            [
                .. ordered
                    .GroupBy(group => string.Join('\n', group.Currencies), StringComparer.Ordinal)
                    .SelectMany(currency => currency.Take(top)),
            ]
            : [.. ordered];
        return new(query, shown, merged.Count);
    }

    // Without rows, there is still a total of everything. Money without a currency would be no amount.
    private List<TotalGroup> Merged(bool[] isMoney)
    {
        if (groups.Count == 0 && query.By.Count == 0 && !isOfMoney)
        {
            var cells = query.Functions.Select(_ => new TotalCell()).ToList();
            foreach (var (function, cell) in query.Functions.Zip(cells).Where(pair => pair.First.Member is null))
            {
                cell.AddNone();
            }

            return [new([], [.. query.Functions.Select(_ => (string?)null)], cells)];
        }

        if (isMoney.All(money => money))
        {
            return [.. groups.Values];
        }

        var merged = new Dictionary<string, TotalGroup>(StringComparer.Ordinal);
        foreach (var group in groups.Values)
        {
            var plain = group with
            {
                Currencies = [.. group.Currencies.Select((currency, index) => isMoney[index] ? currency : null)],
            };
            if (!merged.TryAdd(plain.Identity, plain))
            {
                var target = merged[plain.Identity];
                foreach (var (index, function) in query.Functions.Index())
                {
                    target.Cells[index].Add(function, plain.Cells[index]);
                }
            }
        }

        return [.. merged.Values];
    }

    // The first and the last date of several currencies are one date.
    private bool[] IsMoney() =>
        [
            .. query.Functions.Select(
                (function, index) =>
                    function.Kind is not (TotalKind.Min or TotalKind.Max)
                    || !groups.Values.Any(group => group.Cells[index].IsDay)
            ),
        ];

    private TotalGroup GroupOf(ReadOnlySpan<byte> json)
    {
        identity.Clear();
        foreach (var slot in bySlots)
        {
            Append(Key(json, slot));
        }

        foreach (var index in Enumerable.Range(0, slots.Length))
        {
            Append(CurrencyOf(json, index));
        }

        var key = identity.ToString();
        if (groups.TryGetValue(key, out var group))
        {
            return group;
        }

        if (groups.Count == MaxGroups)
        {
            throw new RowFaultException(
                $"There are more than {MaxGroups} groups by {string.Join(" and ", query.By.Select(member => member.Name))}. Group by a member with fewer values, or narrow the rows with 'where'."
            );
        }

        var keys = key.Split('\n');
        group = new(
            keys[..bySlots.Length],
            [.. keys[bySlots.Length..^1].Select(currency => currency.Length == 0 ? null : currency)],
            [.. query.Functions.Select(_ => new TotalCell())]
        );
        groups[key] = group;
        return group;
    }

    // JSON text has no line ends inside of values without members.
    private void Append(ReadOnlySpan<byte> value)
    {
        identity.Append(Encoding.UTF8.GetString(value)).Append('\n');
    }

    private ReadOnlySpan<byte> Key(ReadOnlySpan<byte> json, int slot)
    {
        var value = fields.Value(json, slot);
        if (value.IsNull)
        {
            return "null"u8;
        }

        if (value.Json is [(byte)'{' or (byte)'[', ..])
        {
            throw new RowFaultException(
                $"Rows cannot be grouped by '{query.By[Array.IndexOf(bySlots, slot)].Name}', as a row holds {value.KindName} there. Name a member with one value."
            );
        }

        // Escapes may differ between equal texts.
        return value.Json.Contains((byte)'\\') ? AnswerText.Quote(value.Text ?? "") : value.Json;
    }

    private ReadOnlySpan<byte> CurrencyOf(ReadOnlySpan<byte> json, int index)
    {
        if (query.Functions[index].Member is not { } member || !CurrencyNames.MayBeMoney(member.Steps[^1]))
        {
            return default;
        }

        if (declaredCurrency >= 0)
        {
            var value = fields.Value(json, declaredCurrency);
            return value.IsEmpty ? default : value.Json;
        }

        var place = fields.CurrencyIn(json, money[index], member.Steps[^1]);
        return json[place.Start..place.End];
    }
}
