using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>The limits of one schema, by keyword. Immutable. Most schemas have none and share
/// <see cref="None"/>.</summary>
internal sealed class SchemaLimits
{
    private readonly Bound?[] values;

    private SchemaLimits(Bound?[] values) => this.values = values;

    public static SchemaLimits None { get; } = new([]);

    /// <summary>Gets the limit of a keyword, or <see langword="null"/>. The limit of a flag is the text
    /// <c>true</c>.</summary>
    public Bound? this[LimitKeyword keyword] => values.Length == 0 ? null : values[keyword.Index];

    /// <summary>Reads the limits of a schema of a document, or of a schema for clients. A keyword with a value that
    /// JSON Schema does not allow is ignored.</summary>
    public static SchemaLimits Read(JsonObject schema)
    {
        Bound?[]? values = null;
        foreach (var keyword in LimitKeyword.All)
        {
            if (Read(schema, keyword) is { } limit)
            {
                values ??= new Bound?[LimitKeyword.All.Count];
                values[keyword.Index] = limit;
            }
        }

        return values is null ? None : new(values);
    }

    /// <summary>Merges the limits of two schemas that both apply: the tighter limit wins.</summary>
    public static SchemaLimits Both(SchemaLimits first, SchemaLimits second)
    {
        if (first.values.Length == 0 || second.values.Length == 0)
        {
            return first.values.Length == 0 ? second : first;
        }

        var values = new Bound?[LimitKeyword.All.Count];
        foreach (var keyword in LimitKeyword.All)
        {
            values[keyword.Index] = Tighter(keyword, first[keyword], second[keyword]);
        }

        return new(values);
    }

    /// <summary>Returns the limit of a keyword that counts, or <see langword="null"/>.</summary>
    public int? Count(LimitKeyword keyword) =>
        this[keyword] is { } limit ? int.Parse(limit.Digits, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    /// <summary>Returns these limits with another limit for one keyword.</summary>
    public SchemaLimits With(LimitKeyword keyword, string digits) => Changed(keyword, new(digits, IsExclusive: false));

    /// <summary>Returns these limits without those of the given keywords.</summary>
    public SchemaLimits Without(params ReadOnlySpan<LimitKeyword> keywords)
    {
        var limits = this;
        foreach (var keyword in keywords)
        {
            limits = limits[keyword] is null ? limits : limits.Changed(keyword, null);
        }

        return limits;
    }

    private SchemaLimits Changed(LimitKeyword keyword, Bound? limit)
    {
        var changed = new Bound?[LimitKeyword.All.Count];
        values.CopyTo(changed, 0);
        changed[keyword.Index] = limit;
        return new(changed);
    }

    private static Bound? Read(JsonObject schema, LimitKeyword keyword)
    {
        if (keyword.Kind == LimitKind.Flag)
        {
            return schema.IsTrue(keyword.Name) ? new("true", IsExclusive: false) : null;
        }

        if (keyword.IsCount)
        {
            return
                Number(schema, keyword.Name) is { } text
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                ? new(text, IsExclusive: false)
                : null;
        }

        // JSON Schema Validation §6.2.1: strictly greater than 0.
        if (keyword.Kind == LimitKind.Multiple)
        {
            return Number(schema, keyword.Name) is { } unit && SchemaBounds.Compare(unit, "0") > 0
                ? new(unit, IsExclusive: false)
                : null;
        }

        Bound? plain = null;
        if (Number(schema, keyword.Name) is { } digits)
        {
            // OpenAPI 3.0 writes exclusiveMinimum as a boolean beside minimum, 3.1 as a number.
            plain = new(digits, keyword.ExclusiveName is { } flag && schema.IsTrue(flag));
        }

        return keyword.ExclusiveName is { } exclusive && Number(schema, exclusive) is { } excluded
            ? Tighter(keyword, plain, new(excluded, IsExclusive: true))
            : plain;
    }

    private static Bound? Tighter(LimitKeyword keyword, Bound? first, Bound? second) =>
        keyword.Kind switch
        {
            LimitKind.Lower => SchemaBounds.Highest(first, second),
            LimitKind.Upper => SchemaBounds.Lowest(first, second),
            LimitKind.Multiple => SchemaBounds.CommonMultiple(first?.Digits, second?.Digits) is { } digits
                ? new(digits, IsExclusive: false)
                : null,
            _ => first ?? second,
        };

    private static string? Number(JsonObject schema, string keyword) =>
        schema[keyword] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            ? value.ToJsonString()
            : null;
}
