using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Server.Transport.Hosts;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>A tool that tells the accounts of one person apart (ChatGPT, "Support multiple accounts"). It returns an id
/// that is computed from the token's subject alone, and sends no request to the API. Hosts that do not use it do not
/// see it, because it would cost their models tokens (docs/decisions/0058).</summary>
internal sealed class ProfileTool(
    ToolCatalog catalog,
    HostOffer offer,
    ServerIdentity identity,
    ServerMetrics metrics,
    ILogger<ProfileTool> logger
)
{
    public const string Name = "get_profile";

    // Separates the id from the hash of the subject in logs and from hashes elsewhere.
    private const string Purpose = "openai/profile\n";
    private const int IdBytes = 16;

    private const string Output =
        """{"type":"object","properties":{"id":{"type":"string","minLength":1,"description":"Opaque id; stays the same for the account."},"name":{"type":"string"},"email":{"type":"string"},"nickname":{"type":"string"}},"required":["id"],"additionalProperties":false}""";

    /// <summary>Gets the descriptor for lists, or <see langword="null"/> if no host gets the tool, or if the API has a
    /// tool of this name.</summary>
    public ToolDescriptor? Descriptor { get; } =
        offer.HasProfile && !catalog.TryGet(Name, out _) ? Describe(catalog) : null;

    /// <summary>Returns whether a call of a tool is a call of this one.</summary>
    public bool Answers(string tool, MessageOrigin origin) =>
        Descriptor is not null && tool == Name && origin.Selection is null;

    /// <summary>Writes the result of a call.</summary>
    /// <exception cref="McpProtocolException">The message came without a token.</exception>
    public void Write(IBufferWriter<byte> output, MessageOrigin origin, JsonElement? arguments, bool isPerRequest)
    {
        if (origin.Token is not { } token)
        {
            throw new McpProtocolException(
                $"The call of '{Name}' needs an access token. Sign in first.",
                McpErrorCode.InvalidRequest
            );
        }

        var isEmpty = arguments is null or { ValueKind: JsonValueKind.Object } && !HasMembers(arguments);
        var result = isEmpty
            ? new ToolResult(null, Encoding.UTF8.GetBytes($"{{\"id\":\"{IdOf(token.Subject)}\"}}"), IsError: false)
            : ToolResult.Failure($"{Name} takes no arguments; send an empty object.");
        ResultWriter.Write(output, Descriptor!, result, challenge: null, isPerRequest ? identity.Json : null);
        var outcome = result.IsError ? CallOutcome.Error : CallOutcome.Ok;
        metrics.Called(Name, outcome, result.FailureKind, TimeSpan.Zero);
        Log.ToolCalled(
            logger,
            Name,
            outcome.Word(),
            result.FailureKind.Word(),
            upstreamStatus: 0,
            durationMs: 0,
            origin.CorrelationId,
            token.SubjectHash,
            CallEffect.Read.Word(),
            recordId: ""
        );
    }

    /// <summary>Returns the id of an account: the same for all tokens of its subject.</summary>
    public static string IdOf(string subject) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Purpose + subject))[..IdBytes]);

    private static bool HasMembers(JsonElement? arguments) => arguments?.EnumerateObject().Any() == true;

    private static ToolDescriptor Describe(ToolCatalog catalog)
    {
        var schemes = new JsonArray(
            new JsonObject
            {
                ["type"] = "oauth2",
                ["scopes"] = new JsonArray([.. catalog.Scopes.Select(scope => JsonValue.Create(scope))]),
            }
        );
        return new()
        {
            Name = Name,
            Title = "Connected account",
            Description = $"Returns an opaque id of the connected {catalog.ApiName} account.",
            OperationId = null,
            Method = "",
            Path = "",
            InputSchema = """{"type":"object","properties":{},"additionalProperties":false}""",
            OutputSchema = Output,
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
            Profiles = catalog.Profiles,
            Scopes = catalog.Scopes,
            Meta = new JsonObject { ["openai/profile"] = true, ["securitySchemes"] = schemes }.ToJsonString(),
            Tokens = 0,
            Arguments = ValueShape.Anything,
            Call = (_, _, _, _) => throw new NotSupportedException($"The server answers {Name} itself."),
        };
    }
}
