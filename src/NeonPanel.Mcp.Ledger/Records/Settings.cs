namespace NeonPanel.Mcp.Ledger.Records;

/// <summary>Forecasting defaults of a company: values by the API's names, in its order.</summary>
/// <param name="Values">Numbers, texts or <see langword="null"/>.</param>
public sealed record ForecastSettings(int CompanyId, IReadOnlyDictionary<string, string?> Values);

/// <summary>A report that the user may open. The API returns links, no figures.</summary>
public sealed record Report(
    int Id,
    string Title,
    string Group,
    string Description,
    string Link,
    IReadOnlyList<ReportSheet> Sheets
);

/// <summary>A sheet of a report.</summary>
public sealed record ReportSheet(
    string Slug,
    string Title,
    string? Description,
    IReadOnlyList<ReportParameter> Parameters
);

/// <summary>A parameter of a link to a sheet.</summary>
public sealed record ReportParameter(string Slug, string Title, string Type, bool IsMultiple);
