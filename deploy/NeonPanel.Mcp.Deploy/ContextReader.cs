using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Deploy;

/// <summary>Reads values of the CDK context and collects every fault. Values from the command line are strings, values
/// from <c>cdk.json</c> are JSON.</summary>
internal sealed class ContextReader(Func<string, object?> context)
{
    public List<string> Faults { get; } = [];

    public string? Text(string name) =>
        Convert.ToString(context(name), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    public string Matching(string name, string pattern, string expected)
    {
        var text = Text(name);
        if (text is null || !Regex.IsMatch(text, pattern))
        {
            Faults.Add($"'{name}' must be {expected}, but is {(text is null ? "not set" : $"'{text}'")}.");
        }

        return text ?? "";
    }

    public int Integer(string name, int otherwise, int minimum, int maximum)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= minimum
            && value <= maximum
        )
        {
            return value;
        }

        Faults.Add($"'{name}' must be a whole number from {minimum} to {maximum}, but is '{text}'.");
        return otherwise;
    }

    /// <summary>Reads a list of values separated by commas.</summary>
    public string[]? List(string name) =>
        Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads a list of TCP ports separated by commas.</summary>
    public int[] Ports(string name)
    {
        var ports = new List<int>();
        foreach (var text in List(name) ?? [])
        {
            if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0)
            {
                ports.Add(port);
            }
            else
            {
                Faults.Add($"'{name}' must hold ports from 1 to 65535 with commas between them, but holds '{text}'.");
            }
        }

        return [.. ports.Distinct()];
    }

    public string[] Missing(string name)
    {
        Faults.Add($"'{name}' must be set when 'vpcId' is.");
        return [];
    }

    /// <summary>Reads a JSON object whose values are strings.</summary>
    public IReadOnlyDictionary<string, string> Map(string name)
    {
        if (context(name) is not { } value)
        {
            return new Dictionary<string, string>();
        }

        try
        {
            var json = value as string ?? JsonSerializer.Serialize(value);
            return JsonSerializer.Deserialize<SortedDictionary<string, string>>(json)!;
        }
        catch (JsonException)
        {
            Faults.Add($"'{name}' must be a JSON object of texts, such as {{\"Auth:Issuer\": \"https://…\"}}.");
            return new Dictionary<string, string>();
        }
    }
}
