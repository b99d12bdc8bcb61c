using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>The formats of OpenAPI and JSON Schema that the server checks. The API checks all others.</summary>
internal static partial class TextFormat
{
    /// <summary>Returns a description of a format and an example as JSON text; <see langword="null"/> for formats that
    /// are not checked.</summary>
    public static (string Expected, string Example)? Of(string? format) =>
        format switch
        {
            "date" => ("a date, YYYY-MM-DD", "\"2026-01-31\""),
            "date-time" => ("a date and time with its zone (RFC 3339)", "\"2026-01-31T09:30:00Z\""),
            "uuid" => ("a UUID", "\"3f2b8c1e-5d47-4a96-b0c8-9e17d4a5f263\""),
            "email" => ("an e-mail address", "\"name@example.com\""),
            "ipv4" => ("an IPv4 address", "\"192.0.2.1\""),
            "ipv6" => ("an IPv6 address", "\"2001:db8::1\""),
            "uri" => ("an absolute URI", "\"https://example.com/\""),
            _ => null,
        };

    public static bool Fits(string? format, string text) =>
        format switch
        {
            // Many clients, and the API's own examples, send a whole timestamp for a date.
            "date" => text.Length >= 10
                && IsDay(text[..10])
                && (text.Length == 10 || TimeOfDay().IsMatch(text.AsSpan(10))),
            "date-time" => text.Length > 10 && IsDay(text[..10]) && TimeWithZone().IsMatch(text.AsSpan(10)),
            // The length is checked, because Guid accepts surrounding spaces.
            "uuid" => text.Length == 36 && Guid.TryParseExact(text, "D", out _),
            "email" => Address().IsMatch(text),
            "ipv4" => text.Count(character => character == '.') == 3
                && IPAddress.TryParse(text, out var four)
                && four.ToString() == text,
            "ipv6" => text.IndexOfAny(['%', '[', '/']) < 0
                && IPAddress.TryParse(text, out var six)
                && six.AddressFamily == AddressFamily.InterNetworkV6,
            // The scheme is checked, because Uri also accepts an absolute path of the file system.
            "uri" => Scheme().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out _),
            _ => true,
        };

    private static bool IsDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(
        @"^[Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:([0-5][0-9]|60)(\.[0-9]+)?)?([Zz]|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])?\z"
    )]
    private static partial Regex TimeOfDay();

    // RFC 3339 §5.6.
    [GeneratedRegex(
        @"^[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\z"
    )]
    private static partial Regex TimeWithZone();

    [GeneratedRegex(@"^[^\s@]+@[^\s@]+\z")]
    private static partial Regex Address();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex Scheme();
}
