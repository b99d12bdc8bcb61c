using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Finds strings that are not valid Unicode, such as a lone surrogate. JSON can contain such a string, but it
/// can be neither compared nor sent (rule D4). The search reads bytes only, so that a broken string causes no
/// exception.</summary>
internal static class BrokenText
{
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
            violations.Add(
                $"must have names of valid Unicode, but one holds a lone surrogate or a broken byte sequence."
            );
            return;
        }

        violations.Path.Enter(member.Name);
        Walk(member.Value, violations);
        violations.Path.Leave();
    }

    private static bool IsBroken(ReadOnlySpan<byte> json) => !Utf8.IsValid(json) || LoneSurrogates.AreIn(json);
}
