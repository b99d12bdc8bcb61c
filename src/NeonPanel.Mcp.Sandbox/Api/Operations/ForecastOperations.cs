using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Forecasting defaults of a company.</summary>
internal static class ForecastOperations
{
    private static readonly string[] States = ["active", "trial", "inactive"];

    public static ApiAnswer Read(ApiCall call) => ApiAnswer.Ok(Settings(call, call.Company));

    public static ApiAnswer Update(ApiCall call)
    {
        var company = call.Company;
        var body = call.Object();
        var settings = Settings(call, company);
        var errors = new FieldErrors();
        foreach (var name in settings.Select(pair => pair.Key).Where(body.ContainsKey).ToList())
        {
            if (Fault(name, body[name]) is { } fault)
            {
                errors.Add(name, fault);
            }

            settings[name] = body[name]?.DeepClone();
        }

        errors.ThrowIfAny();
        var values = settings.ToDictionary(pair => pair.Key, pair => pair.Value?.ToJsonString());
        var change = call.Journal with
        {
            Forecasts = call.Journal.Forecasts.SetItem(company.Id, new(company.Id, values)),
        };
        return ApiAnswer.Ok(new JsonObject { ["success"] = true }, change);
    }

    private static JsonObject Settings(ApiCall call, Company company)
    {
        // Companies that never saved any have those of the first company, which its example gives.
        var forecasts = call.Journal.Forecasts;
        var settings = forecasts.TryGetValue(company.Id, out var own) ? own : forecasts.Values.First();
        return new(
            settings.Values.Select(pair =>
                KeyValuePair.Create(pair.Key, pair.Value is { } value ? JsonNode.Parse(value) : null)
            )
        );
    }

    private static string? Fault(string name, JsonNode? value)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        return name switch
        {
            "status" => kind == JsonValueKind.String && States.Contains(value!.ToString())
                ? null
                : $"The status must be one of {string.Join(", ", States)}.",
            "default_seasonality" => kind == JsonValueKind.String
            && value!.ToString().Split(';') is { Length: 12 } months
            && months.All(IsNumber)
                ? null
                : "The default_seasonality must be twelve numbers with semicolons between them.",
            _ when kind == JsonValueKind.Null && IsNullable(name) => null,
            _ => kind == JsonValueKind.Number ? null : $"The {name} must be a number.",
        };
    }

    private static bool IsNumber(string text) =>
        decimal.TryParse(
            text,
            System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture,
            out _
        );

    private static bool IsNullable(string name) =>
        name
            is "default_scenario_id"
                or "default_lead_time_days"
                or "default_safety_stock_days"
                or "default_fba_lead_time"
                or "default_fba_safety_stock";
}
