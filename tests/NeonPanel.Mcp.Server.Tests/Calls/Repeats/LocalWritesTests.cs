using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Calls.Repeats;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Repeats;

/// <summary>The writes that one instance remembers, and the limits of its memory.</summary>
internal sealed class LocalWritesTests
{
    private readonly FakeTimeProvider clock = new();
    private LocalWrites writes = null!;

    [SetUp]
    public void Start() => writes = new(new(IsOn: true, TimeSpan.FromMinutes(10)), clock);

    [TestCase(1023, 16 * 1024, true, Description = "one receipt below 16 MiB")]
    [TestCase(1025, 16 * 1024, false, Description = "one receipt above 16 MiB")]
    [TestCase(9_999, 0, true)]
    [TestCase(10_001, 0, false)]
    public void Claim_ManyWrites_ForgetsTheOldest(int count, int receiptBytes, bool isKept)
    {
        for (var number = 1; number <= count; number++)
        {
            var key = $"write {number}";
            writes.End(
                key,
                writes.Claim(key, isForced: false),
                new(WriteState.Done, clock.GetUtcNow(), new(null, new byte[receiptBytes], []))
            );
        }

        Assert.That(writes.Claim($"write {count}", isForced: false).IsMine, Is.False);
        Assert.That(writes.Claim("write 1", isForced: false).IsMine, Is.EqualTo(!isKept));
    }

    [Test]
    public void End_ClaimThatAForcedOneReplaced_LeavesTheForcedOneRunning()
    {
        var first = writes.Claim("write", isForced: false);
        var forced = writes.Claim("write", isForced: true);
        writes.End("write", first, null);
        var third = writes.Claim("write", isForced: false);
        Assert.That((third.IsMine, third.Earlier?.State), Is.EqualTo((false, WriteState.Running)));
        writes.End("write", forced, null);
        Assert.That(third.Change!.IsCompleted, Is.True);
        Assert.That(writes.Claim("write", isForced: false).IsMine, Is.True);
    }
}
