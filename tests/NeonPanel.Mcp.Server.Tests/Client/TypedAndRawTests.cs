using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Client;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Tests.Sandbox;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Client;

/// <summary>NSwag's typed half and our raw half are two independent writers of one request: each judges the
/// other.</summary>
internal sealed class TypedAndRawTests
{
    private static readonly JsonObject Specification = JsonNode.Parse(SpecificationFile.ReadJson())!.AsObject();

    // A composed tool has no method of its own in the client.
    private static IEnumerable<string> ToolNames =>
        GeneratedCatalog.Create().Tools.Where(tool => tool.Composition is null).Select(tool => tool.Name);

    [TestCaseSource(nameof(ToolNames))]
    public async Task TypedMethod_WithTheExamplesOfTheSpecification_SendsWhatTheRawMethodSends(string name)
    {
        GeneratedCatalog.Create().TryGet(name, out var tool);
        var arguments = JsonSerializer.SerializeToElement(Examples.Of(Specification, tool!));
        using var raw = new Recorder();
        using var rawHttp = Http(raw);
        await tool!.Call(rawHttp, arguments, null, CancellationToken.None);

        using var typed = new Recorder();
        using var typedHttp = Http(typed);
        await CallTypedAsync(typedHttp, tool, arguments);

        var (expected, actual) = (raw.Requests.Single(), typed.Requests.Single());
        Assert.Multiple(() =>
        {
            Assert.That(actual.Method, Is.EqualTo(expected.Method));
            Assert.That(actual.Path, Is.EqualTo(expected.Path));
            Assert.That(actual.Query, Is.EquivalentTo(expected.Query));
            Assert.That(JsonNode.DeepEquals(Body(actual.Body), Body(expected.Body)), Is.True, () =>
                $"{actual.Body} is not {expected.Body}"
            );
        });
    }

    [Test]
    public async Task TypedMethod_MembersThatWereNotSet_AreNotSent()
    {
        using var recorder = new Recorder();
        using var http = Http(recorder);
        await new BillsClient(http).CreateAsync(
            "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31",
            new()
            {
                VendorId = 12345678901,
                Details =
                [
                    new()
                    {
                        ServiceId = 1,
                        Quantity = 2,
                        Rate = 0.10m,
                    },
                ],
            }
        );
        Assert.That(
            recorder.Requests.Single().Body,
            Is.EqualTo("""{"vendor_id":12345678901,"details":[{"service_id":1,"quantity":2,"rate":0.10}]}""")
        );
    }

    [TestCase("")]
    [TestCase(".")]
    [TestCase("..")]
    public void TypedMethod_ValueThatWouldMakeThePathAnother_IsRefused(string value)
    {
        using var recorder = new Recorder();
        using var http = Http(recorder);
        Assert.That(
            () => new BillsClient(http).ListAsync(value),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("companyUuid")
        );
        Assert.That(recorder.Requests, Is.Empty);
    }

    [Test]
    public async Task TypedMethod_MembersTheSpecificationDoesNotName_AreKept()
    {
        using var recorder = new Recorder("""{"current_page":1,"data":[],"brand_new":{"a":1}}""");
        using var http = Http(recorder);
        var page = await new BillsClient(http).ListAsync("7c1e4b52-93af-4d06-8b1a-5e20c7d94f31");
        Assert.That(page.AdditionalProperties["brand_new"].ToString(), Is.EqualTo("""{"a":1}"""));
    }

    // The client and method of a tool are found by the request template that stands beside them.
    private static async Task CallTypedAsync(HttpClient http, ToolDescriptor tool, JsonElement arguments)
    {
        var (type, template) = typeof(BillsClient)
            .Assembly.GetTypes()
            .SelectMany(
                type => type.GetProperties(BindingFlags.Public | BindingFlags.Static),
                (type, property) => (type, property)
            )
            .Where(pair => pair.property.PropertyType == typeof(RequestTemplate))
            .Single(pair =>
                pair.property.GetValue(null) is RequestTemplate template
                && template.Method == tool.Method
                && template.Path == tool.Path
                // The variant that sends a file as the body has no typed half.
                && pair.type.GetMethod(pair.property.Name[..^"Request".Length] + "Async") is not null
            );
        var request = (RequestTemplate)template.GetValue(null)!;
        var method = type.GetMethod(template.Name[..^"Request".Length] + "Async")!;
        var byArgument = request.Parameters.ToDictionary(
            parameter => parameter.Argument.Replace("_", "", StringComparison.Ordinal),
            parameter => parameter.Argument,
            StringComparer.OrdinalIgnoreCase
        );
        var values = method
            .GetParameters()
            .Select(parameter =>
            {
                if (parameter.ParameterType == typeof(CancellationToken))
                {
                    return CancellationToken.None;
                }

                if (byArgument.TryGetValue(parameter.Name!, out var argument))
                {
                    return arguments.TryGetProperty(argument, out var value)
                        ? value.Deserialize(parameter.ParameterType)
                        : null;
                }

                var body = new JsonObject(
                    request
                        .Body!.Members!.Where(member => arguments.TryGetProperty(member.Argument, out _))
                        .Select(member =>
                            KeyValuePair.Create(
                                member.Name,
                                (JsonNode?)JsonNode.Parse(arguments.GetProperty(member.Argument).GetRawText())
                            )
                        )
                );
                return body.Deserialize(parameter.ParameterType);
            })
            .ToArray();
        try
        {
            await (Task)method.Invoke(Activator.CreateInstance(type, http), values)!;
        }
        catch (ApiException)
        {
            // The recorder's empty answer need not be one of the operation; the request is what counts.
        }
    }

    private static HttpClient Http(Recorder recorder) => new(recorder) { BaseAddress = new("https://api.example/") };

    // The typed half sends no null: a member that is null was not set. So nulls of an example do not count.
    private static JsonNode? Body(string body)
    {
        var node = body.Length == 0 ? null : JsonNode.Parse(body);
        RemoveNulls(node);
        return node;
    }

    private static void RemoveNulls(JsonNode? node)
    {
        foreach (var (name, value) in (node as JsonObject ?? []).ToList())
        {
            if (value is null)
            {
                node!.AsObject().Remove(name);
            }

            RemoveNulls(value);
        }

        foreach (var item in node as JsonArray ?? [])
        {
            RemoveNulls(item);
        }
    }

    /// <summary>Keeps what is sent and answers with JSON.</summary>
    private sealed class Recorder(string answer = "{}") : HttpMessageHandler
    {
        public List<(string Method, string Path, string[] Query, string Body)> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Requests.Add(
                (
                    request.Method.Method,
                    request.RequestUri!.AbsolutePath,
                    request.RequestUri.Query.TrimStart('?').Split('&'),
                    request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)
                )
            );
            return new(HttpStatusCode.OK) { Content = new StringContent(answer, Encoding.UTF8, "application/json") };
        }
    }
}
