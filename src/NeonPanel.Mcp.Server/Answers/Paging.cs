using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>The page of an answer: <c>current_page</c> and <c>last_page</c> (rule D7), or the position that
/// <see cref="AnswerPages"/> finds.</summary>
internal static class Paging
{
    // Members of answers, as several frameworks write them.
    public const string CurrentPage = "current_page";
    public const string LastPage = "last_page";
    public const string PerPage = "per_page";

    /// <param name="isCut">Whether items were left out: how to go on is the cut's to say then, as the next page would
    /// pass them over.</param>
    /// <returns>One sentence where there is more than one page; else nothing.</returns>
    public static IEnumerable<string> Note(ToolDescriptor tool, AnswerOutline answer, bool isCut)
    {
        if (
            answer.Number(CurrentPage) is not { } current
            || answer.Number(LastPage) is not { } last
            || (last <= 1 && current <= 1)
        )
        {
            yield break;
        }

        if (current > last)
        {
            yield return $"There is no page {current}; the last is {last}.";
        }
        else if (current == last)
        {
            yield return $"Page {current} of {last}, the last.";
        }
        else if (!isCut && tool.Paging.Page is { } page)
        {
            yield return $"Page {current} of {last}; {page}={current + 1} has the next.";
        }
        else
        {
            yield return $"Page {current} of {last}.";
        }
    }

    /// <summary>Gets a whole number of an answer, or <see langword="null"/>.</summary>
    public static int? Number(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object
        && answer.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.Number
        && member.TryGetInt32(out var number)
            ? number
            : null;
}
