using System.Globalization;
using System.Text;

namespace NeonPanel.Mcp.Generator.Corpus;

/// <summary>Documents made to exhaust a generator (rule E1): each ends as output or a diagnostic, within 60 s and 2
/// GiB.</summary>
internal static class HostileDocuments
{
    private const string Head = """{"openapi":"3.1.0","info":{"title":"t","version":"1"},""";
    private const long MaxMemory = 2L << 30;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(60);

    private static readonly (string Name, Action<StreamWriter> Write)[] All =
    [
        ("fan-of-oneOf.json", file => Fan(file, "oneOf")),
        ("fan-of-allOf.json", file => Fan(file, "allOf")),
        ("fifty-thousand-operations.json", file =>
        {
            file.Write(Head + "\"paths\":{");
            for (var index = 0; index < 50_000; index++)
            {
                file.Write(
                    (index == 0 ? "" : ",")
                        + """
                        "/res#/{id}":{"get":{"operationId":"res#.read","tags":["Tag#"],"summary":"Read #","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":{"id":{"type":"string"}}}}}}}}}
                        """.Replace("Tag#", $"Tag{index % 200}", StringComparison.Ordinal).Replace(
                            "#",
                            index.ToString(CultureInfo.InvariantCulture),
                            StringComparison.Ordinal
                        )
                );
            }

            file.Write("}}");
        }),
        ("hundred-megabytes.json", file =>
        {
            file.Write(Head + "\"x\":\"");
            Repeat(file, "aaaaaaaaaa", 10_000_000);
            file.Write("\",\"paths\":{}}");
        }),
        ("text-of-fifty-megabytes.json", file =>
        {
            file.Write(Head + "\"paths\":{\"/a\":{\"get\":{\"description\":\"");
            Repeat(file, "word.\u200b ", 6_000_000);
            file.Write("\"}}}}");
        }),
        ("million-members.json", file =>
        {
            file.Write(
                Head
                    + "\"paths\":{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\",\"properties\":{"
            );
            Numbered(file, 1_000_000, "\"p#\":{}");
            file.Write("}}}}}}}}}");
        }),
        ("million-values.json", file =>
        {
            file.Write(
                Head
                    + "\"paths\":{\"/a\":{\"get\":{\"parameters\":[{\"name\":\"e\",\"in\":\"query\",\"schema\":{\"enum\":["
            );
            Numbered(file, 1_000_000, "\"v#\"");
            file.Write("]}}]}}}}");
        }),
        ("thirty-million-numbers.json", file =>
        {
            file.Write(Head + "\"x\":[1");
            Repeat(file, ",1", 30_000_000);
            file.Write("],\"paths\":{}}");
        }),
        ("references-ten-to-the-sixty.json", file =>
        {
            file.Write(
                Head
                    + "\"paths\":{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/S0\"}}}}}}},\"components\":{\"schemas\":{\"S60\":{\"type\":\"string\"}"
            );
            for (var index = 0; index < 60; index++)
            {
                file.Write($",\"S{index}\":{{\"properties\":{{");
                Numbered(file, 10, $"\"p#\":{{\"$ref\":\"#/components/schemas/S{index + 1}\"}}");
                file.Write("}}");
            }

            file.Write("}}}");
        }),
        ("nested-a-million-deep.json", file =>
        {
            file.Write(Head + "\"x\":");
            Repeat(file, "[", 1_000_000);
            Repeat(file, "]", 1_000_000);
            file.Write(",\"paths\":{}}");
        }),
        ("nested-a-million-deep.yaml", file =>
        {
            file.Write("openapi: 3.1.0\nx: ");
            Repeat(file, "[", 1_000_000);
        }),
        ("billion-laughs.yaml", file =>
        {
            file.Write("openapi: 3.1.0\na0: &a0 [x]\n");
            for (var index = 1; index < 12; index++)
            {
                file.Write(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"a{index}: &a{index} [{string.Join(',', Enumerable.Repeat($"*a{index - 1}", 10))}]\n"
                    )
                );
            }

            file.Write("info: {title: t, version: '1'}\n");
        }),
        ("patterns-that-backtrack.json", file =>
            file.Write(
                Head
                    + "\"paths\""
                    + """:{"/a":{"get":{"parameters":[{"name":"p","in":"query","schema":{"type":"string","pattern":"^(a+)+$","enum":["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"]}}]}}}}"""
            )
        ),
    ];

    public static int Run(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("hostile-").FullName;
        var failed = 0;
        try
        {
            output.WriteLine("| Document | Outcome | Time | Peak memory |\n| --- | --- | --- | --- |");
            foreach (var (name, write) in All)
            {
                var document = Path.Combine(folder, name);
                using (var file = new StreamWriter(document, false, new UTF8Encoding(false)))
                {
                    write(file);
                }

                var result = GeneratorProcess.Generate(
                    document,
                    Directory.CreateDirectory(Path.Combine(folder, "out")).FullName,
                    2 * MaxTime
                );
                var refusal = result.Errors.Split('\n')[0];
                var isRefusal = result.ExitCode == 1 && refusal.Contains(": error NPG", StringComparison.Ordinal);
                var isHarmless =
                    (result.ExitCode == 0 || isRefusal) && result.Time <= MaxTime && result.PeakBytes <= MaxMemory;
                failed += isHarmless ? 0 : 1;
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {name} | {(result.ExitCode == 0 ? "output" : isRefusal ? "refused:" + refusal.Split("error", 2)[1] : "FAILED: " + result.Errors)}"
                    )
                        + string.Create(
                            CultureInfo.InvariantCulture,
                            $" | {result.Time.TotalSeconds:0.0} s | {result.PeakBytes >> 20} MB |"
                        )
                );
                File.Delete(document);
                Directory.Delete(Path.Combine(folder, "out"), recursive: true);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        output.WriteLine($"Hostile documents - Failed: {failed}, Passed: {All.Length - failed}");
        return failed > 0 ? 1 : 0;
    }

    private static void Fan(StreamWriter file, string keyword)
    {
        file.Write(
            Head
                + "\"x\":{\"A\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"string\"},\"a\":{\"$ref\":\"#/x/A\"}}}},"
                + "\"paths\":{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\""
                + keyword
                + "\":["
        );
        Numbered(file, 1_000_000, "{\"$ref\":\"#/x/A\"}");
        file.Write("]}}}}}}}}");
    }

    private static void Numbered(StreamWriter file, int count, string pattern)
    {
        for (var index = 0; index < count; index++)
        {
            file.Write(
                (index == 0 ? "" : ",")
                    + pattern.Replace(
                        "#\"",
                        index.ToString(CultureInfo.InvariantCulture) + "\"",
                        StringComparison.Ordinal
                    )
            );
        }
    }

    private static void Repeat(StreamWriter file, string text, int count)
    {
        for (var index = 0; index < count; index++)
        {
            file.Write(text);
        }
    }
}
