using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Finds texts that are no Unicode, such as half of a surrogate pair: JSON can write them down, but they can be neither
/// compared nor sent (rule D4).</summary>
internal static class BrokenText
{
    public static void Check(JsonElement arguments, ViolationList violations)
    {
        // Nearly always true, and then nothing needs to be looked at one by one.
        var utf8 = JsonMarshal.GetRawUtf8Value(arguments);
        if (!Utf8.IsValid(utf8) || utf8.IndexOf("\\u"u8) >= 0)
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
                    if (Read(() => member.Name) is { } name)
                    {
                        violations.Path.Enter(name);
                        Walk(member.Value, violations);
                        violations.Path.Leave();
                    }
                    else
                    {
                        violations.Add($"must have names of valid Unicode, but one holds a lone surrogate or a broken byte sequence.");
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
                }

                break;
            case JsonValueKind.String when Read(value.GetString) is null:
                violations.Add($"must be valid Unicode, but holds a lone surrogate or a broken byte sequence.");
                break;
        }
    }

    private static string? Read(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null; // the documented answer to text that is no Unicode
        }
    }
}
