using System.Globalization;
using System.Text;

namespace NeonPanel.Mcp.Sandbox.Api.Faults;

/// <summary>Writes JSON as PHP's json_encode does by default: <c>\/</c> and <c>\u00e4</c>.</summary>
internal static class PhpText
{
    public static string Escape(string json)
    {
        var text = new StringBuilder(json.Length);
        var isAfterBackslash = false;
        foreach (var letter in json)
        {
            if (letter == '/' && !isAfterBackslash)
            {
                text.Append("\\/");
            }
            else if (letter > '\x7e')
            {
                text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(letter);
            }

            isAfterBackslash = letter == '\\' && !isAfterBackslash;
        }

        return text.ToString();
    }
}
