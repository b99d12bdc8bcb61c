using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace NeonPanel.Mcp.Sandbox.Api.Requests;

/// <summary>The query of a call, read with the rules of the API. What filters a list is noted, because answers repeat
/// it.</summary>
/// <param name="isDeaf">Whether to act as if no filter was sent (a fault that can be switched on).</param>
internal sealed class ApiQuery(IQueryCollection query, JsonObject? body, bool isDeaf)
{
    private readonly FieldErrors errors = new();

    /// <summary>Gets the filters that the call sent and the answer obeys.</summary>
    public JsonObject Filters { get; } = [];

    /// <summary>A text filter; <see langword="null"/> if it was not sent or is empty.</summary>
    public string? Text(string name)
    {
        if (isDeaf || Raw(name) is not { Length: > 0 } text)
        {
            return null;
        }

        Filters[name] = text;
        return text;
    }

    /// <summary>A number that picks one record.</summary>
    public int? Number(string name)
    {
        if (isDeaf || Raw(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            errors.Add(name, $"The {name} must be a whole number, but is '{text}'.");
            return null;
        }

        Filters[name] = number;
        return number;
    }

    /// <summary>A day; <see langword="null"/> if it was not sent.</summary>
    public DateOnly? Day(string name)
    {
        if (isDeaf || Raw(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            errors.Add(name, $"The {name} must be a day as YYYY-MM-DD, but is '{text}'.");
            return null;
        }

        Filters[name] = text;
        return day;
    }

    /// <summary>A day that must be sent.</summary>
    public DateOnly RequiredDay(string name)
    {
        if (Raw(name) is not { Length: > 0 })
        {
            errors.Add(name, $"The {name} is required.");
        }

        return Day(name) ?? DateOnly.MinValue;
    }

    /// <summary>The values of a list, sent as <c>name=1&amp;name=2</c>, <c>name[]=1</c> or <c>name[0]=1</c>.</summary>
    public IReadOnlyList<string> Texts(string name, IReadOnlyList<string>? allowed = null)
    {
        var values = isDeaf ? [] : Values(name).ToList();
        foreach (var value in values.Where(value => allowed?.Contains(value) == false))
        {
            errors.Add(name, $"The {name} must be of {string.Join(", ", allowed!)}, but has '{value}'.");
        }

        if (values.Count > 0)
        {
            Filters[name] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
        }

        return values;
    }

    /// <summary>The numbers of a list.</summary>
    public IReadOnlyList<int> Numbers(string name)
    {
        var numbers = new List<int>();
        foreach (var value in isDeaf ? [] : Values(name))
        {
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
            }
            else
            {
                errors.Add(name, $"The {name} must be whole numbers, but has '{value}'.");
            }
        }

        if (numbers.Count > 0)
        {
            Filters[name] = new JsonArray([.. numbers.Select(number => JsonValue.Create(number))]);
        }

        return numbers;
    }

    /// <summary>One of some values.</summary>
    public string Choice(string name, string otherwise, params IReadOnlyList<string> allowed)
    {
        var value = isDeaf || Raw(name) is not { Length: > 0 } text ? otherwise : text;
        if (!allowed.Contains(value))
        {
            errors.Add(name, $"The {name} must be one of {string.Join(", ", allowed)}, but is '{value}'.");
        }

        return value;
    }

    /// <summary>The page that was asked for, from 1, and its size.</summary>
    public (int Number, int Size) Page(PageSizes sizes)
    {
        var number = Count("page", 1, 1, int.MaxValue);
        var size = Count("per_page", sizes.Usual, sizes.Least, sizes.Most);
        return (number, size);
    }

    /// <exception cref="ApiRefusal">Something that was read is wrong.</exception>
    public void ThrowIfWrong() => errors.ThrowIfAny();

    private int Count(string name, int otherwise, int least, int most)
    {
        if (Raw(name) is not { Length: > 0 } text)
        {
            return otherwise;
        }

        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count >= least
            && count <= most
        )
        {
            return count;
        }

        errors.Add(
            name,
            most == int.MaxValue
                ? $"The {name} must be at least {least}."
                : $"The {name} must be between {least} and {most}."
        );
        return otherwise;
    }

    private string? Raw(string name)
    {
        if (query.TryGetValue(name, out StringValues value))
        {
            return value.ToString();
        }

        // getProducts and getListings declare their filters as a body.
        return body?[name]?.ToString();
    }

    private IEnumerable<string> Values(string name) =>
        query
            .Where(pair => pair.Key == name || pair.Key.StartsWith(name + "[", StringComparison.Ordinal))
            .SelectMany(pair => pair.Value)
            .SelectMany(value =>
                (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            );
}

/// <summary>Page sizes of a list.</summary>
internal readonly record struct PageSizes(int Usual, int Least, int Most)
{
    /// <summary>Companies, warehouses, items.</summary>
    public static readonly PageSizes Catalog = new(30, 10, 60);

    /// <summary>Products and listings.</summary>
    public static readonly PageSizes Products = new(30, 1, 60);

    public static readonly PageSizes Documents = new(15, 1, 60);

    public static readonly PageSizes Payments = new(20, 1, 60);

    /// <summary>Vendors and services.</summary>
    public static readonly PageSizes Parties = new(100, 1, 500);
}
