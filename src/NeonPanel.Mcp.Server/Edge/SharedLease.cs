using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace NeonPanel.Mcp.Server.Edge;

/// <summary>A lease that depends on the calls at other instances: one that they refuse, or one of this instance that
/// they must learn of.</summary>
internal sealed class SharedLease : RateLimitLease
{
    private readonly RateLimitLease? inner;
    private readonly IDisposable? place;
    private readonly TimeSpan wait;

    /// <summary>Creates an admission.</summary>
    public SharedLease(RateLimitLease inner, IDisposable place)
    {
        this.inner = inner;
        this.place = place;
    }

    /// <summary>Creates a refusal.</summary>
    /// <param name="wait">How long to wait, or zero if too many calls are running.</param>
    public SharedLease(TimeSpan wait) => this.wait = wait;

    public override bool IsAcquired => inner is not null;

    public override IEnumerable<string> MetadataNames =>
        inner?.MetadataNames ?? (wait > TimeSpan.Zero ? [MetadataName.RetryAfter.Name] : []);

    public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
    {
        if (inner is not null)
        {
            return inner.TryGetMetadata(metadataName, out metadata);
        }

        metadata = wait > TimeSpan.Zero && metadataName == MetadataName.RetryAfter.Name ? wait : null;
        return metadata is not null;
    }

    protected override void Dispose(bool disposing)
    {
        place?.Dispose();
        inner?.Dispose();
        base.Dispose(disposing);
    }
}
