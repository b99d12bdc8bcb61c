using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Finds strings that are not valid Unicode, such as one half of a surrogate pair. JSON can hold such a string, but it can be
/// neither compared nor sent (rule D4). Only bytes are read, so that a broken string costs no exception.</summary>
internal static class BrokenText
{
    private const int EscapeLength = 6;

    public static void Check(JsonElement arguments, ViolationList violations)
    {
        if (IsBroken(JsonMarshal.GetRawUtf8Value(arguments)))
        {
            Walk(arguments, violations);
        }
    }

    private static void Walk(JsonElement value, ViolationList violations)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    CheckMember(member, violations);
                    if (violations.IsDone)
                    {
                        return;
                    }
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    violations.Path.Enter(index++);
                    Walk(item, violations);
                    violations.Path.Leave();
                    if (violations.IsDone)
                    {
                        return;
                    }
                }

                break;
            case JsonValueKind.String when IsBroken(JsonMarshal.GetRawUtf8Value(value)):
                violations.Add($"must be valid Unicode, but holds a lone surrogate or a broken byte sequence.");
                break;
        }
    }

    private static void CheckMember(JsonProperty member, ViolationList violations)
    {
        if (IsBroken(JsonMarshal.GetRawUtf8PropertyName(member)))
        {
            violations.Add($"must have names of valid Unicode, but one holds a lone surrogate or a broken byte sequence.");
            return;
        }

        violations.Path.Enter(member.Name);
        Walk(member.Value, violations);
        violations.Path.Leave();
    }

    // Works on a whole JSON text as well as on one string: a pair of surrogates never reaches over a quote.
    private static bool IsBroken(ReadOnlySpan<byte> json) => !Utf8.IsValid(json) || HoldsLoneSurrogate(json);

    private static bool HoldsLoneSurrogate(ReadOnlySpan<byte> json)
    {
        while (json.IndexOf((byte)'\\') is var at and >= 0)
        {
            json = json[at..];
            var unit = EscapedUnit(json);
            if (unit is null)
            {
                json = json[2..];
            }
            else if (!char.IsSurrogate((char)unit))
            {
                json = json[EscapeLength..];
            }
            else if (char.IsHighSurrogate((char)unit) && EscapedUnit(json[EscapeLength..]) is { } second && char.IsLowSurrogate((char)second))
            {
                json = json[(2 * EscapeLength)..];
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    // The UTF-16 code unit of an escape of the form \u12ab (RFC 8259 §7); null for another escape or another character.
    private static ushort? EscapedUnit(ReadOnlySpan<byte> json) => json.StartsWith("\\u"u8)
        ? ushort.Parse(json[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : null;
}
