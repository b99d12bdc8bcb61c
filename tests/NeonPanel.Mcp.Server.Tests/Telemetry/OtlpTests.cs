using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Upstream;
using NUnit.Framework;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace NeonPanel.Mcp.Server.Tests.Telemetry;

/// <summary>Where telemetry goes, what it costs when it goes nowhere, and what happens when nobody takes it.</summary>
[NonParallelizable]
internal sealed class OtlpTests
{
    private const string Call =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","_meta":{"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [TestCase("Telemetry:OtlpEndpoint", "https://collector.example", "https://collector.example/v1/traces")]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318/", "http://localhost:4318/v1/traces")]
    [TestCase(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "https://collector.example/otlp",
        "https://collector.example/otlp/v1/traces"
    )]
    public void Endpoint_OfEitherName_IsABaseAddressForHttp(string name, string address, string ofTraces)
    {
        var (options, faults) = Read((name, address));
        Assert.That(faults, Is.Empty);
        Assert.That(options!.Of("traces").AbsoluteUri, Is.EqualTo(ofTraces));
        Assert.That(options.Protocol, Is.EqualTo(OtlpExportProtocol.HttpProtobuf));
    }

    [Test]
    public void Endpoint_OfBothNames_IsOurOwn() =>
        Assert.That(
            Read(
                ("Telemetry:OtlpEndpoint", "https://a.example"),
                ("OTEL_EXPORTER_OTLP_ENDPOINT", "nonsense")
            ).Options!.Endpoint.Host,
            Is.EqualTo("a.example")
        );

    [Test]
    public void Endpoint_ForGrpc_IsTakenAsItIs()
    {
        var (options, _) = Read(
            ("Telemetry:OtlpEndpoint", "http://localhost:4317"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
        );
        Assert.That(
            (options!.Of("traces").AbsoluteUri, options.Protocol),
            Is.EqualTo(("http://localhost:4317/", OtlpExportProtocol.Grpc))
        );
    }

    [TestCase("Telemetry:OtlpEndpoint", "localhost:4318")]
    [TestCase("Telemetry:OtlpEndpoint", "http://collector.example:4318")]
    [TestCase("Telemetry:OtlpEndpoint", "https://user:s3cr@collector.example")]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT", "ftp://collector.example")]
    [TestCase("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [TestCase("OTEL_EXPORTER_OTLP_TIMEOUT", "soon")]
    [TestCase("OTEL_EXPORTER_OTLP_HEADERS", "s3cret")]
    public void Setting_ThatIsWrong_IsAFaultThatNamesIt(string name, string value)
    {
        var (_, faults) = Read(
            name.EndsWith("ndpoint", StringComparison.OrdinalIgnoreCase)
                ? [(name, value)]
                : [("Telemetry:OtlpEndpoint", "https://a.example"), (name, value)]
        );
        Assert.That(faults, Has.Count.EqualTo(1));
        Assert.That(faults[0], Does.StartWith(name + " must be ").And.Not.Contain("s3cret"));
    }

    [Test]
    public void Settings_OfAnExporterThatIsOff_AreNotJudged()
    {
        var (options, faults) = Read(("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"));
        Assert.That((options, faults.Count), Is.EqualTo(((OtlpOptions?)null, 0)));
    }

    [Test]
    public async Task Server_WithoutACollector_HasNoListenerNoExporterAndNoSpan()
    {
        var probe = new SpanProbe();
        await using var server = await ProtectedServer.StartAsync(builder =>
            builder.Services.AddSingleton<IUpstreamCredential>(probe)
        );
        string? parent = "not asked";
        server.Issuer.Api = context =>
        {
            parent = context.Request.Headers.TraceParent;
            return Task.CompletedTask;
        };
        using var response = await server.ListAsync(server.Issuer.Token(), Call);

        Assert.That(probe.Seen, Is.EqualTo(new Activity?[] { null }));
        Assert.That(parent, Is.Null);
        Assert.That(ServerTraces.IsOn, Is.False);
        Assert.That(server.Services.GetService<TracerProvider>(), Is.Null);
        Assert.That(server.Services.GetService<MeterProvider>(), Is.Null);
        Assert.That(Published(server), Is.Not.Empty.And.All.Property(nameof(Instrument.Enabled)).False);
    }

    [Test]
    public void Hooks_WithoutACollector_AllocateNothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost");
        var address = new Uri("http://localhost");
        Run(); // what is made once
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Run()
        {
            for (var count = 0; count < 1000; count++)
            {
                using var call = ServerTraces.StartCall("listCompanies", default);
                using var upstream = ServerTraces.StartUpstream("GET", "/api/v1/companies", address);
                TraceContext.Write(upstream, request.Headers);
                TraceContext.ToText(default);
            }
        }
    }

    [Test]
    public async Task Server_WhoseCollectorIsNotThere_WorksOnAndWarnsOnce()
    {
        var port = LoopbackPorts.FreePair();
        await using var server = await ProtectedServer.StartAsync(
            ("Telemetry:OtlpEndpoint", $"http://localhost:{port}")
        );
        for (var count = 0; count < 2; count++)
        {
            using var response = await server.ListAsync(server.Issuer.Token(), Call);
            Assert.That(response.IsSuccessStatusCode, Is.True);
            server.Services.GetRequiredService<TracerProvider>().ForceFlush();
            server.Services.GetRequiredService<MeterProvider>().ForceFlush();
        }

        Assert.That(
            server.Log.Lines.Where(line => line.StartsWith("Warning 7002", StringComparison.Ordinal)),
            Has.Exactly(1).Contains("(Telemetry:OtlpEndpoint) failed: ConnectionError")
        );
    }

    [Test]
    public async Task Server_WhoseCollectorDoesNotAnswer_StopsInTime()
    {
        using var silent = new TcpListener(System.Net.IPAddress.Loopback, LoopbackPorts.FreePair());
        silent.Start();
        var server = await ProtectedServer.StartAsync(
            ("Telemetry:OtlpEndpoint", $"http://{silent.LocalEndpoint}"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "200")
        );
        using (await server.ListAsync(server.Issuer.Token(), Call))
        {
            server.Services.GetRequiredService<TracerProvider>().ForceFlush();
            await server.StopAsync();
            await server.DisposeAsync().AsTask().WaitAsync(Patience);
        }

        Assert.That(
            server.Log.Lines.Where(line => line.StartsWith("Warning 7002", StringComparison.Ordinal)),
            Has.Exactly(1).Items
        );
    }

    /// <summary>Looks which span it is asked within.</summary>
    private sealed class SpanProbe : IUpstreamCredential
    {
        public List<Activity?> Seen { get; } = [];

        public ValueTask<AuthenticationHeaderValue?> GetAsync(AccessToken token, CancellationToken cancellationToken)
        {
            Seen.Add(Activity.Current);
            return ValueTask.FromResult<AuthenticationHeaderValue?>(new("Bearer", token.Value));
        }
    }

    private static List<Instrument> Published(ProtectedServer server)
    {
        var factory = server.Services.GetRequiredService<IMeterFactory>();
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (
                    instrument.Meter.Name == ServerMetrics.MeterName
                    && ReferenceEquals(instrument.Meter.Scope, factory)
                )
                {
                    instruments.Add(instrument);
                }
            },
        };
        listener.Start();
        return instruments;
    }

    private static (OtlpOptions? Options, List<string> Faults) Read(params (string Name, string Value)[] settings)
    {
        var reader = new SettingsReader(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))
                )
                .Build()
        );
        return (OtlpOptions.Read(reader), reader.Faults);
    }
}
