using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Sandbox.Api.Requests;

/// <summary>The body of a write. What is not sent keeps its value; what is wrong is collected, field by
/// field.</summary>
/// <param name="prefix">Path of the fields, such as <c>details.0.</c>.</param>
internal sealed class Payload(JsonObject body, Journal journal, Company company, FieldErrors errors, string prefix = "")
{
    private static readonly string[] Markets =
    [
        "US",
        "CA",
        "MX",
        "BR",
        "GB",
        "DE",
        "AT",
        "FR",
        "IT",
        "ES",
        "NL",
        "SE",
        "PL",
        "BE",
        "JP",
        "AU",
    ];

    public Journal Journal => journal;

    public Company Company => company;

    public FieldErrors Errors => errors;

    public bool Has(string name) => body.ContainsKey(name);

    /// <summary>The reference number of a new document, which must be sent.</summary>
    public string? RefNumber()
    {
        if (Text("ref_number", null, 255) is { Length: > 0 } number)
        {
            return number;
        }

        Add("ref_number", "The ref_number is required.");
        return null;
    }

    public string? Text(string name, string? otherwise, int most = 255)
    {
        if (!Has(name) || body[name] is not { } node)
        {
            return Has(name) ? null : otherwise;
        }

        if (node.GetValueKind() != JsonValueKind.String)
        {
            Add(name, $"The {name} must be a text.");
            return otherwise;
        }

        var text = node.GetValue<string>();
        if (text.Length > most)
        {
            Add(name, $"The {name} may have {most} characters at most.");
        }

        return text;
    }

    public string? Choice(string name, string? otherwise, params IReadOnlyList<string> allowed)
    {
        var value = Text(name, otherwise);
        if (Has(name) && value is not null && !allowed.Contains(value))
        {
            Add(name, $"The {name} must be one of {string.Join(", ", allowed)}, but is '{value}'.");
        }

        return value;
    }

    public DateOnly? Day(string name, DateOnly? otherwise)
    {
        if (!Has(name))
        {
            return otherwise;
        }

        if (Text(name, null) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Add(name, $"The {name} must be a day as YYYY-MM-DD, but is '{text}'.");
        return otherwise;
    }

    /// <summary>A country of a marketplace.</summary>
    public string? Market(string name, string? otherwise) => Choice(name, otherwise, Markets);

    public string? Currency(string name, string? otherwise)
    {
        var currency = Text(name, otherwise);
        if (Has(name) && currency is not null && !(currency.Length == 3 && currency.All(char.IsAsciiLetterUpper)))
        {
            Add(name, $"The {name} must be a code of three letters, such as USD, but is '{currency}'.");
        }

        return currency;
    }

    /// <summary>A whole number; <see langword="null"/> if it is missing or none.</summary>
    public int? Number(string name, int? otherwise, bool isRequired = false, int least = int.MinValue)
    {
        if (body[name] is not { } node)
        {
            if (isRequired)
            {
                Add(name, $"The {name} is required.");
            }

            return Has(name) ? null : otherwise;
        }

        // 3.0 is a whole number too, as in JSON Schema.
        if (
            node.GetValueKind() != JsonValueKind.Number
            || !TryDecimal(node, out var value)
            || value != decimal.Truncate(value)
            || Math.Abs(value) > 1_000_000_000
        )
        {
            Add(name, $"The {name} must be a whole number.");
            return otherwise;
        }

        if (value < least)
        {
            Add(name, $"The {name} must be at least {least}.");
        }

        return (int)value;
    }

    public decimal? Amount(string name, decimal? otherwise, bool isRequired = false)
    {
        if (body[name] is not { } node)
        {
            if (isRequired)
            {
                Add(name, $"Give a {name} for this line.");
            }

            return Has(name) ? null : otherwise;
        }

        if (
            node.GetValueKind() == JsonValueKind.Number
            && TryDecimal(node, out var value)
            && Math.Abs(value) <= 1_000_000_000_000
        )
        {
            return value;
        }

        Add(name, $"The {name} must be a number.");
        return otherwise;
    }

    /// <summary>The id of a record that the company has, or that all companies share.</summary>
    public int? Id<T>(string name, int? otherwise, IReadOnlyDictionary<int, T> records, bool isRequired = false)
        where T : class
    {
        var id = Number(name, otherwise, isRequired);
        if (!Has(name) || id is not { } known)
        {
            return id;
        }

        var isThere =
            records.TryGetValue(known, out var record)
            && record switch
            {
                Item { IsDeleted: true } or Product { IsDeleted: true } => false,
                ICompanyRecord owned => owned.CompanyId == company.Id,
                PaymentTerm term => (term.CompanyId ?? company.Id) == company.Id,
                _ => true,
            };
        if (!isThere)
        {
            Add(name, $"The {name} {known} does not exist in this company.");
        }

        return known;
    }

    /// <summary>The lines of a document: those that were sent, in place of all that were stored.</summary>
    public IReadOnlyList<T> Lines<T>(string name, IReadOnlyList<T> otherwise, Func<Payload, T?> read)
        where T : class
    {
        if (!Has(name))
        {
            return otherwise;
        }

        if (body[name] is not JsonArray lines)
        {
            if (body[name] is not null)
            {
                Add(name, $"The {name} must be a list.");
            }

            return [];
        }

        var result = new List<T>();
        for (var at = 0; at < lines.Count; at++)
        {
            if (lines[at] is not JsonObject line)
            {
                Add($"{name}.{at}", "A line must be an object.");
            }
            else if (read(new(line, journal, company, errors, $"{prefix}{name}.{at}.")) is { } known)
            {
                result.Add(known);
            }
        }

        return result;
    }

    public Payload? Inner(string name) =>
        body[name] is JsonObject inner ? new(inner, journal, company, errors, $"{prefix}{name}.") : null;

    public void Add(string name, string message) => errors.Add(prefix + name, message);

    private static bool TryDecimal(JsonNode node, out decimal value) =>
        decimal.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
