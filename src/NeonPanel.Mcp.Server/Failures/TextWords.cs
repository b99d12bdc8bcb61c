using System.Net;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Failures;

/// <summary>Finds messages in a response that is XML or plain text. It ignores web pages, because they come from a
/// server before the API.</summary>
internal sealed partial class TextWords(ApiWords words, PlainWords plain)
{
    /// <summary>Most characters to read.</summary>
    private const int MaxChars = 20_000;
    private const int MaxElements = 200;

    public void Read(string text)
    {
        text = TextCut.First(text.Trim(), MaxChars);
        if (text.StartsWith('<'))
        {
            if (!Page().IsMatch(text))
            {
                ReadXml(text);
            }
        }
        else if (text is not ['{' or '[' or '"', ..])
        {
            // A text that begins like JSON is broken JSON and is skipped. A stack trace is cut off, because it does not
            // help the caller.
            words.Add(null, plain.Of(Stack().Split(text, 2)[0]));
        }
    }

    private void ReadXml(string text)
    {
        var leaves = Leaf()
            .Matches(text)
            .Take(MaxElements)
            .Select(leaf =>
                (
                    Name: NearestName.Plain(leaf.Groups["name"].Value),
                    Text: plain.Of(WebUtility.HtmlDecode(leaf.Groups["data"].Value + leaf.Groups["text"].Value))
                )
            )
            .Where(leaf => leaf.Text.Any(char.IsLetter))
            .ToList();
        foreach (var names in (HashSet<string>[])[ErrorMembers.Messages, ErrorMembers.Details, ErrorMembers.Titles])
        {
            foreach (var leaf in leaves.Where(leaf => names.Contains(leaf.Name)))
            {
                words.Add(null, leaf.Text);
            }
        }

        foreach (var leaf in words.IsEmpty ? leaves.Where(leaf => !ErrorMembers.Noise.Contains(leaf.Name)) : [])
        {
            words.Add(null, $"{leaf.Name}: {leaf.Text}");
        }
    }

    [GeneratedRegex(@"^(<\?xml[^>]*>\s*)?(<!doctype html|<html)", RegexOptions.IgnoreCase)]
    private static partial Regex Page();

    // An element that contains only text: <Message>Access denied</Message>.
    [GeneratedRegex(
        @"<(?:[\w.-]+:)?(?<name>[\w.-]+)(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[(?<data>[^\]]*)\]\]>|(?<text>[^<]+))\s*</"
    )]
    private static partial Regex Leaf();

    [GeneratedRegex(@"^\s*(at \S+\(|Traceback |File "")", RegexOptions.Multiline)]
    private static partial Regex Stack();
}
