using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Totals;

/// <summary>The second implementations of the totals of <see cref="LedgerRows"/> by vendor and currency: whole numbers
/// of any length, and Python's decimal. Each writes a line for a group.</summary>
internal static class LedgerJudge
{
    /// <summary>The totals that both implementations compute.</summary>
    public const string Total = "sum(amount), count, min(amount), max(amount) by vendor.name";

    /// <summary>Returns the lines of a result.</summary>
    public static IEnumerable<string> Lines(JsonNode result) =>
        result["total"]!
            .AsArray()
            .Select(group =>
                Line(
                    (string?)group!["vendor.name"],
                    (string?)group["currency"],
                    (int)group["count"]!,
                    (int?)group["nulls(amount)"] ?? 0,
                    Digits(group["sum(amount)"]),
                    Digits(group["min(amount)"]),
                    Digits(group["max(amount)"])
                )
            );

    public static IEnumerable<string> Compute(IEnumerable<string> rows) =>
        rows.Select(row => JsonDocument.Parse(row).RootElement)
            .GroupBy(row =>
                (
                    Vendor: row.GetProperty("vendor") is { ValueKind: JsonValueKind.Object } vendor
                        ? vendor.GetProperty("name").GetString()
                        : null,
                    Currency: row.GetProperty("currency").GetString()
                )
            )
            .Select(group =>
            {
                var amounts = group
                    .Select(row => row.GetProperty("amount"))
                    .Where(amount => amount.ValueKind != JsonValueKind.Null)
                    .Select(amount => Units(amount.ToString()))
                    .ToList();
                return Line(
                    group.Key.Vendor,
                    group.Key.Currency,
                    group.Count(),
                    group.Count() - amounts.Count,
                    amounts.Aggregate(BigInteger.Zero, BigInteger.Add),
                    amounts.Min(),
                    amounts.Max()
                );
            });

    /// <summary>Finds Python.</summary>
    public static bool Python(out string path)
    {
        path = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "python3"))
            .FirstOrDefault(File.Exists)
            ?? "";
        return path.Length > 0;
    }

    public static async Task<IEnumerable<string>> AskAsync(string python, IEnumerable<string> rows)
    {
        var script = Path.Combine(TestContext.CurrentContext.TestDirectory, "Calls", "Totals", "judge.py");
        using var process = Process.Start(
            new ProcessStartInfo(python, [script]) { RedirectStandardInput = true, RedirectStandardOutput = true }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        foreach (var row in rows)
        {
            await process.StandardInput.WriteLineAsync(row);
        }

        process.StandardInput.Close();
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Select(line =>
        {
            var parts = JsonNode.Parse(line)!.AsArray();
            return Line(
                (string?)parts[0],
                (string?)parts[1],
                (int)parts[2]!,
                (int)parts[3]!,
                Digits(parts[4]),
                Digits(parts[5]),
                Digits(parts[6])
            );
        });
    }

    private static BigInteger Digits(JsonNode? number) =>
        Units(number!.GetValueKind() == JsonValueKind.String ? (string)number! : number.ToJsonString());

    // All amounts are whole numbers of 10^-60.
    private static BigInteger Units(string number)
    {
        const int digits = 60;
        var parts = number.ToLowerInvariant().Split('e');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var places = point < 0 ? 0 : parts[0].Length - point - 1;
        var exponent = digits - places + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        return BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
            * BigInteger.Pow(10, exponent);
    }

    private static string Line(
        string? vendor,
        string? currency,
        int count,
        int nulls,
        BigInteger sum,
        BigInteger least,
        BigInteger most
    ) => $"{vendor}|{currency}|{count}|{nulls}|{sum}|{least}|{most}";
}
