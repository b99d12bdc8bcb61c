using System.Text;
using NeonPanel.Mcp.Server.Answers;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The members of a row that a call needs, and their positions in the current row. One pass over the row finds
/// them all; nothing is allocated for a row.</summary>
internal sealed class RowFields
{
    private readonly Node root = new();
    private readonly List<RowMember> members = [];
    private Place[] places = [];

    // Per currency candidate: the object that holds it, by the path of the summed member.
    private readonly List<Node> moneyNodes = [];

    /// <summary>Adds a member.</summary>
    /// <returns>The slot for <see cref="Value"/>. Equal members share one.</returns>
    public int Add(RowMember member)
    {
        var slot = members.FindIndex(known => known.Name == member.Name);
        if (slot >= 0)
        {
            return slot;
        }

        members.Add(member);
        var node = root;
        foreach (var step in member.Steps)
        {
            node = node.Child(step);
        }

        node.Slot = members.Count - 1;
        places = new Place[members.Count];
        return node.Slot;
    }

    /// <summary>Adds the search for the currency of a member: next to it, else in the objects around it.</summary>
    /// <returns>The objects, innermost first, for <see cref="CurrencyIn"/>.</returns>
    public IReadOnlyList<int> AddCurrency(RowMember member)
    {
        var found = new List<int>();
        var node = root;
        foreach (var step in member.Steps)
        {
            if (!node.HoldsMoney)
            {
                node.HoldsMoney = true;
                node.Money = moneyNodes.Count;
                moneyNodes.Add(node);
            }

            found.Insert(0, node.Money);
            node = node.Child(step);
        }

        return found;
    }

    /// <summary>Finds the members in a row.</summary>
    /// <param name="json">A page that is known to be valid JSON.</param>
    /// <param name="start">Position of the row.</param>
    /// <returns>The end of the row.</returns>
    public int Read(ReadOnlySpan<byte> json, int start)
    {
        Array.Clear(places);
        foreach (var node in moneyNodes)
        {
            node.Currencies.Clear();
        }

        return Read(json, start, root);
    }

    public RowValue Value(ReadOnlySpan<byte> json, int slot) => new(json[places[slot].Start..places[slot].End]);

    /// <summary>Finds the currency of a member among those that <see cref="AddCurrency"/> searches.</summary>
    /// <param name="leaf">The last name of the member's path: <c>paid_amount</c> prefers
    /// <c>paid_amount_currency</c>.</param>
    public Place CurrencyIn(ReadOnlySpan<byte> json, IReadOnlyList<int> objects, string leaf)
    {
        foreach (var index in objects)
        {
            var best = default(Place);
            var rank = int.MaxValue;
            foreach (var (name, place) in moneyNodes[index].Currencies)
            {
                if (
                    CurrencyNames.Rank(name, leaf) is var found
                    && found < rank
                    && !new RowValue(json[place.Start..place.End]).IsEmpty
                )
                {
                    best = place;
                    rank = found;
                }
            }

            if (rank < int.MaxValue)
            {
                return best;
            }
        }

        return default;
    }

    private int Read(ReadOnlySpan<byte> json, int start, Node node)
    {
        var parts = new AnswerParts(json, start);
        if (!parts.IsObject)
        {
            return JsonText.EndOfValue(json, start);
        }

        while (parts.MoveNext())
        {
            if (node.HoldsMoney && CurrencyNames.May(json[parts.Name.Start..parts.Name.End]))
            {
                AddCurrencyValue(json, ref parts, node);
            }

            if (Find(json, parts, node) is not { } child)
            {
                continue;
            }

            // A name that occurs twice: the last counts, as in most parsers.
            var end =
                child.Children.Count > 0 && json[parts.Start] == '{' ? Read(json, parts.Start, child) : parts.Value.End;
            parts.Leave(end);
            if (child.Slot >= 0)
            {
                places[child.Slot] = new(parts.Start, end);
            }
        }

        return parts.End;
    }

    private static Node? Find(ReadOnlySpan<byte> json, AnswerParts parts, Node node)
    {
        foreach (var child in node.Children)
        {
            var written = json[parts.Name.Start..parts.Name.End];
            if (
                written.Contains((byte)'\\')
                    ? parts.NameEquals(child.Name)
                    : written[1..^1].SequenceEqual(child.Utf8Name)
            )
            {
                return child;
            }
        }

        return null;
    }

    private static void AddCurrencyValue(ReadOnlySpan<byte> json, ref AnswerParts parts, Node node)
    {
        var name = Encoding.UTF8.GetString(json[(parts.Name.Start + 1)..(parts.Name.End - 1)]);
        var place = parts.Value;
        if (json[place.Start] == '{')
        {
            place = CurrencyNames.CodeIn(json, place.Start);
        }

        if (place.Length > 0 && json[place.Start] is (byte)'"' or (byte)'n' or (>= (byte)'0' and <= (byte)'9'))
        {
            node.Currencies.Add((name, place));
        }
    }

    private sealed class Node
    {
        public string Name { get; private init; } = "";

        public byte[] Utf8Name { get; private init; } = [];

        public int Slot { get; set; } = -1;

        public bool HoldsMoney { get; set; }

        public int Money { get; set; }

        public List<Node> Children { get; } = [];

        public List<(string Name, Place Place)> Currencies { get; } = [];

        public Node Child(string name)
        {
            var child = Children.Find(known => known.Name == name);
            if (child is null)
            {
                child = new() { Name = name, Utf8Name = Encoding.UTF8.GetBytes(name) };
                Children.Add(child);
            }

            return child;
        }
    }
}
