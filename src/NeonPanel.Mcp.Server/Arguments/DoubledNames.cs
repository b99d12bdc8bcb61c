using System.Runtime.InteropServices;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Finds duplicate member names in an object. RFC 8259 §4 does not define which member counts, so the server
/// and the API could read different values. Such arguments are rejected.</summary>
internal static class DoubledNames
{
    /// <summary>Up to this number of members, names are compared in pairs, which allocates nothing. Above it, they go
    /// into a set.</summary>
    private const int FewMembers = 8;

    public static void Check(JsonElement value, ViolationList violations)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            CheckObject(value, violations);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            CheckArray(value, violations);
        }
    }

    private static void CheckObject(JsonElement value, ViolationList violations)
    {
        var names =
            value.GetPropertyCount() > FewMembers || HoldsEscapedName(value)
                ? new HashSet<string>(StringComparer.Ordinal)
                : null;
        var index = 0;
        foreach (var member in value.EnumerateObject())
        {
            var isDoubled = names is null ? IsAmongFirst(value, index++, member) : !names.Add(member.Name);
            if (isDoubled || member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                CheckMember(member, isDoubled, violations);
            }

            if (violations.IsDone)
            {
                return;
            }
        }
    }

    private static void CheckMember(JsonProperty member, bool isDoubled, ViolationList violations)
    {
        violations.Path.Enter(member.Name);
        if (isDoubled)
        {
            violations.Add($"is sent more than once. Send each name once.");
        }

        Check(member.Value, violations);
        violations.Path.Leave();
    }

    private static void CheckArray(JsonElement value, ViolationList violations)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                violations.Path.Enter(index);
                Check(item, violations);
                violations.Path.Leave();
            }

            if (violations.IsDone)
            {
                return;
            }

            index++;
        }
    }

    private static bool IsAmongFirst(JsonElement value, int count, JsonProperty member)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(member);
        foreach (var earlier in value.EnumerateObject())
        {
            if (count-- == 0)
            {
                break;
            }

            if (JsonMarshal.GetRawUtf8PropertyName(earlier).SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    // "a" and "\u0061" are the same name in different bytes.
    private static bool HoldsEscapedName(JsonElement value)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (JsonMarshal.GetRawUtf8PropertyName(member).Contains((byte)'\\'))
            {
                return true;
            }
        }

        return false;
    }
}
