using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Patterns that clients can compile: one that is no ECMA 262 makes a strict client refuse the whole tool (rule C1).</summary>
internal static partial class ClientPattern
{
    public static bool IsAccepted(string pattern)
    {
        try
        {
            // What .NET cannot read is nearly always broken; what of it is only Perl's is looked for.
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            return !NoEcma().IsMatch(pattern);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // Groups other than (?: (?= (?! (?<= (?<! (?<name>, and the anchors \A \Z \z \G.
    [GeneratedRegex(@"(?<!\\)(?:\\\\)*(?:\(\?(?![:=!]|<[=!A-Za-z_$])|\\[AZzG])")]
    private static partial Regex NoEcma();
}
