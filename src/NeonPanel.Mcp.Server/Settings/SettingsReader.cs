using System.Globalization;

namespace NeonPanel.Mcp.Server.Settings;

/// <summary>Reads settings and collects all faults. Each fault is one line that names the setting, the value found and
/// the expected value.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    /// <summary>Gets the faults found so far.</summary>
    public List<string> Faults { get; } = [];

    public string? Text(string name) => configuration[name] is { Length: > 0 } value ? value.Trim() : null;

    /// <summary>Reads an absolute URL: <c>https</c>, or <c>http</c> on loopback. The result has no slash at its
    /// end.</summary>
    public string? Url(string name, string? otherwise)
    {
        var text = Text(name) ?? otherwise;
        if (text is null)
        {
            return null;
        }

        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || !(url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback))
            || url.Query.Length > 0
            || url.Fragment.Length > 0
            || url.UserInfo.Length > 0
            // The URL is copied into headers and documents without escaping.
            || !Uri.IsWellFormedUriString(text, UriKind.Absolute)
        )
        {
            Fault(name, "must be an absolute https URL, or http on loopback, without query", text);
            return null;
        }

        return text.TrimEnd('/');
    }

    /// <summary>Reads a duration: <c>15s</c>, <c>2m</c>, <c>1h</c>, <c>500ms</c> or <c>00:00:15</c>.</summary>
    public TimeSpan Duration(string name, TimeSpan otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (
            Milliseconds(text) is > 0 and < int.MaxValue and var milliseconds
            && TimeSpan.FromMilliseconds(milliseconds) is { Ticks: > 0 } time
        )
        {
            return time;
        }

        Fault(
            name,
            "must be a duration above zero, of 24 days at most, such as '15s', '2m', '1h', '500ms' or '00:00:15'",
            text
        );
        return otherwise;
    }

    public long Integer(string name, long otherwise, long minimum, long maximum)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= minimum
            && value <= maximum
        )
        {
            return value;
        }

        Fault(name, $"must be a whole number from {minimum} to {maximum}", text);
        return otherwise;
    }

    /// <summary>Reads a percentage: <c>1</c>, <c>0.5</c> or <c>1%</c>.</summary>
    public double Percent(string name, double otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (
            double.TryParse(
                text.TrimEnd('%', ' '),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var value
            )
            && value <= 100
        )
        {
            return value;
        }

        Fault(name, "must be a percentage from 0 to 100", text);
        return otherwise;
    }

    public bool Flag(string name, bool otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (bool.TryParse(text, out var value))
        {
            return value;
        }

        Fault(name, "must be 'true' or 'false'", text);
        return otherwise;
    }

    /// <summary>Reads one of a fixed set of words.</summary>
    public string Choice(string name, string otherwise, params string[] choices)
    {
        var text = Text(name) ?? otherwise;
        if (
            choices.FirstOrDefault(choice => string.Equals(choice, text, StringComparison.OrdinalIgnoreCase)) is
            { } found
        )
        {
            return found;
        }

        Fault(name, "must be one of " + string.Join(", ", choices), text);
        return otherwise;
    }

    /// <summary>Reads one of the names of an enumeration, regardless of case.</summary>
    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum => Enum.Parse<T>(Choice(name, otherwise.ToString(), Enum.GetNames<T>()));

    /// <summary>Reads a list: <c>Name__0</c>, <c>Name__1</c>, or one value with commas or spaces. A configured list
    /// replaces the whole default.</summary>
    public IReadOnlyList<string> List(string name, IReadOnlyList<string> otherwise)
    {
        if (Text(name) is { } text)
        {
            return text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        var values = configuration
            .GetSection(name)
            .GetChildren()
            .Select(child => child.Value ?? "")
            .Where(value => value.Length > 0)
            .ToList();
        return values.Count > 0 ? values : otherwise;
    }

    /// <summary>Reads a section: the name and value of each member.</summary>
    public IReadOnlyList<(string Name, string Value)> Members(string name) =>
        [.. configuration.GetSection(name).GetChildren().Select(child => (child.Key, child.Value?.Trim() ?? ""))];

    /// <summary>Returns whether a text can equal a <c>Host</c> header: a name or an address, with or without a
    /// port.</summary>
    public static bool IsHost(string text) =>
        Uri.TryCreate("http://" + text, UriKind.Absolute, out var url)
        && url.PathAndQuery == "/"
        && !text.EndsWith('/')
        && url.UserInfo.Length == 0;

    /// <summary>Returns whether a text can equal an <c>Origin</c> header: scheme, host and port (RFC 6454 §6.1),
    /// without a path.</summary>
    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);

    public void Fault(string name, string expected, string? found) =>
        Faults.Add($"{name} {expected}, but is {(found is null ? "not set" : $"'{found}'")}.");

    // Returns null if the text is not a duration.
    private static double? Milliseconds(string text)
    {
        (string Unit, double Milliseconds)[] units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];
        foreach (var (unit, milliseconds) in units)
        {
            if (
                text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(
                    text[..^unit.Length],
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var count
                )
            )
            {
                return count * milliseconds;
            }
        }

        return
            text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)
            ? span.TotalMilliseconds
            : null;
    }
}
