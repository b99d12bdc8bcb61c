namespace NeonPanel.Client.Requests;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

/// <summary>The arguments of one call. A value that is not valid Unicode is reported once and then treated as absent,
/// so that the writers receive valid text only.</summary>
internal sealed class CallArguments
{
    private readonly JsonElement arguments;
    private readonly Violations violations;

    /// <summary>The limit for the arguments in the address and headers together, in bytes. Servers accept 8 to 32 KiB.
    /// Without this limit a long list would be written pair by pair before the address is rejected.</summary>
    private const int MaxAddressBytes = 64 * 1024;

    private readonly HashSet<string> refused = [];
    private int addressBytes;

    public CallArguments(JsonElement arguments, Violations violations)
    {
        this.arguments = arguments;
        this.violations = violations;
        if (arguments.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null))
        {
            violations.Add($"The arguments must be an object, but are {Violations.KindOf(arguments)}.");
        }
    }

    /// <summary>Finds an argument, and reports a required argument that is absent.</summary>
    public bool TryGet(string argument, bool required, out JsonElement value)
    {
        value = default;
        if (arguments.ValueKind != JsonValueKind.Object || !arguments.TryGetProperty(argument, out value))
        {
            if (required)
            {
                violations.Missing(argument);
            }

            return false;
        }

        // This is nearly always true and avoids a check of each text.
        var utf8 = JsonMarshal.GetRawUtf8Value(value);
        if ((Utf8.IsValid(utf8) && utf8.IndexOf("\\u"u8) < 0) || IsUnicode(value))
        {
            return true;
        }

        if (refused.Add(argument))
        {
            violations.Add(argument, "valid Unicode", "holds a lone surrogate or a broken byte sequence");
        }

        return false;
    }

    /// <summary>Finds an argument for the address or a header. It is reported when all such arguments together exceed
    /// the limit.</summary>
    public bool TryGetForAddress(string argument, bool required, out JsonElement value)
    {
        if (!TryGet(argument, required, out value))
        {
            return false;
        }

        addressBytes += JsonMarshal.GetRawUtf8Value(value).Length;
        if (addressBytes <= MaxAddressBytes)
        {
            return true;
        }

        if (refused.Add(argument))
        {
            violations.Add(
                argument,
                "so short that it fits into the address, "
                    + $"which may be {MaxAddressBytes} bytes with all that goes there",
                "is longer. Send fewer values at a time"
            );
        }

        return false;
    }

    /// <summary>Returns whether the caller sent the argument, well-formed or not.</summary>
    public bool Has(string argument) =>
        arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(argument, out _);

    private static bool IsUnicode(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is not null,
                JsonValueKind.Array => value.EnumerateArray().All(IsUnicode),
                JsonValueKind.Object => value.EnumerateObject().All(m => m.Name is not null && IsUnicode(m.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false; // The documented exception of GetString and Name for text that is not Unicode.
        }
    }
}
