namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Copies the selected members of JSON text, and reads each byte once. Names and values keep their
/// bytes.</summary>
/// <param name="json">Text that is known to be valid JSON.</param>
/// <param name="copy">Receives the text. It needs at most the length of <paramref name="json"/>.</param>
/// <param name="kept">Members of the root that are copied even if they are not selected.</param>
/// <param name="silent">Members of the root whose absence needs no mention.</param>
internal ref struct MemberCopy(
    ReadOnlySpan<byte> json,
    Span<byte> copy,
    SelectedMember kept,
    IReadOnlyList<string> silent
)
{
    private readonly ReadOnlySpan<byte> json = json;
    private readonly Span<byte> copy = copy;
    private readonly SelectedMember kept = kept;
    private readonly IReadOnlyList<string> silent = silent;

    /// <summary>Gets the number of bytes that were written.</summary>
    public int Length { get; private set; }

    /// <summary>Gets whether a member was left out.</summary>
    public bool IsReduced { get; private set; }

    /// <summary>Copies a value.</summary>
    /// <returns>The end of the value.</returns>
    public int Add(int start, SelectedMember selected, bool isRoot)
    {
        var parts = new AnswerParts(json, start);
        if (selected.IsWhole || !(parts.IsObject || parts.IsList))
        {
            start = JsonText.SkipSpace(json, start);
            var end = JsonText.EndOfValue(json, start);
            Append(json[start..end]);
            return end;
        }

        return parts.IsList ? AddItems(parts, selected) : AddMembers(parts, selected, isRoot);
    }

    private int AddItems(AnswerParts parts, SelectedMember selected)
    {
        var separator = "["u8;
        while (parts.MoveNext())
        {
            Append(separator);
            parts.Leave(Add(parts.Start, selected, isRoot: false));
            separator = ","u8;
        }

        Append(separator[0] == '[' ? "[]"u8 : "]"u8);
        return parts.End;
    }

    private int AddMembers(AnswerParts parts, SelectedMember selected, bool isRoot)
    {
        var separator = "{"u8;
        while (parts.MoveNext())
        {
            if ((selected.Find(json, parts.Name) ?? (isRoot ? kept.Find(json, parts.Name) : null)) is { } member)
            {
                Append(separator);
                Append(json[parts.Name.Start..parts.Name.End]);
                Append(":"u8);
                parts.Leave(Add(parts.Start, member, isRoot: false));
                separator = ","u8;
            }
            else
            {
                IsReduced |= !isRoot || !IsSilent(parts);
            }
        }

        Append(separator[0] == '{' ? "{}"u8 : "}"u8);
        return parts.End;
    }

    private readonly bool IsSilent(AnswerParts parts)
    {
        for (var index = 0; index < silent.Count; index++)
        {
            if (parts.NameEquals(silent[index]))
            {
                return true;
            }
        }

        return false;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(copy[Length..]);
        Length += text.Length;
    }
}
