using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>PDFs of 20 MiB whose links the API refuses, so that the server fetches them: several users at once, each of
/// whom does nothing unusual.</summary>
internal sealed class FileLinks : Attack
{
    private const int FileBytes = 20 * 1024 * 1024;
    private const double MostAbove = 200;

    private readonly Lazy<X509Certificate2> certificate = new(MakeCertificate);
    private double above;

    public override string Name => "file-links";

    public override string Findings => "2";

    public override bool IsPossible => OwnNetwork.IsInside;

    public override IReadOnlyDictionary<string, string> Settings
    {
        get
        {
            var file = Path.Combine(Path.GetTempPath(), "siege-file-host.pem");
            File.WriteAllText(file, certificate.Value.ExportCertificatePem());
            return new Dictionary<string, string> { ["SSL_CERT_FILE"] = file };
        }
    }

    public override async Task RunAsync(Battlefield field, CancellationToken end)
    {
        var before = field.Server.Measure().ResidentMegabytes;
        await using var host = await StartHostAsync();
        // Five at once stay 200 MB above the start; the long form goes on with twenty, which must wait for each other.
        await CallAsync(field, 5);
        above = field.Server.PeakResident() - before;
        if (!field.IsShort)
        {
            await CallAsync(field, 20);
        }
    }

    // A pointer is refused, bytes are taken.
    public override Task AnswerAsync(HttpContext context, string subject) =>
        context.Request.HasJsonContentType()
            ? SiegeApi.WriteAsync(
                context,
                """{"message":"The file could not be fetched."}""",
                StatusCodes.Status400BadRequest
            )
            : SiegeApi.WriteAsync(context, $$"""{"request_id":"{{Order.Company}}","status":"queued"}""");

    public override IEnumerable<string> Faults(Battlefield field)
    {
        if (above > MostAbove)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"five downloads at once took {above:f0} MB, more than {MostAbove}"
            );
        }
    }

    private static Task<string[]> CallAsync(Battlefield field, int users) =>
        Task.WhenAll(
            Enumerable
                .Range(0, users)
                .Select(number =>
                    field.Attacker.SendAsync(
                        Attacker.Post(
                            McpPost.Call(
                                number,
                                "createDocumentsByPdf",
                                $$$"""{"companyUuid":"{{{Order.Company}}}","type":"bill","file":{"download_url":"https://{{{OwnNetwork.FileHost}}}/{{{number}}}.pdf","file_id":"{{{number}}}"} }"""
                            ),
                            field.Token(number.ToString(CultureInfo.InvariantCulture))
                        )
                    )
                )
        );

    private async Task<WebApplication> StartHostAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder
            .WebHost.UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel =>
                kestrel.Listen(OwnNetwork.FileAddress, 443, listen => listen.UseHttps(certificate.Value))
            );
        var app = builder.Build();
        var file = new byte[FileBytes];
        "%PDF-1.7"u8.CopyTo(file);
        app.Run(async context =>
        {
            (context.Response.ContentType, context.Response.ContentLength) = ("application/pdf", file.Length);
            await context.Response.Body.WriteAsync(file, context.RequestAborted);
        });
        await app.StartAsync();
        return app;
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=" + OwnNetwork.FileHost,
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(OwnNetwork.FileHost);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
