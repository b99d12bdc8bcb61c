using NeonPanel.Mcp.Server.Arguments;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Arguments;

[TestFixture]
internal sealed class LargeArgumentTurnsTests
{
    [Test]
    public async Task Take_LargeWhileAnotherIsRead_WaitsForItsEnd()
    {
        using var turns = new LargeArgumentTurns(1);
        var first = await turns.TakeAsync(LargeArgumentTurns.SmallBytes + 1, CancellationToken.None);
        var second = turns.TakeAsync(LargeArgumentTurns.SmallBytes + 1, CancellationToken.None).AsTask();
        Assert.That(second.IsCompleted, Is.False);

        first.Dispose();
        (await second).Dispose();
    }

    [Test]
    public async Task Take_SmallWhileALargeOneIsRead_BeginsAtOnce()
    {
        using var turns = new LargeArgumentTurns(1);
        using var large = await turns.TakeAsync(LargeArgumentTurns.SmallBytes + 1, CancellationToken.None);
        Assert.That(
            turns.TakeAsync(LargeArgumentTurns.SmallBytes, CancellationToken.None).AsTask().IsCompleted,
            Is.True
        );
    }

    [Test]
    public async Task Take_CallThatEndsWhileItWaits_KeepsNoPlace()
    {
        using var turns = new LargeArgumentTurns(1);
        using var end = new CancellationTokenSource();
        var first = await turns.TakeAsync(LargeArgumentTurns.SmallBytes + 1, CancellationToken.None);
        var left = turns.TakeAsync(LargeArgumentTurns.SmallBytes + 1, end.Token).AsTask();
        await end.CancelAsync();
        Assert.That(async () => await left, Throws.InstanceOf<OperationCanceledException>());

        first.Dispose();
        Assert.That(
            turns.TakeAsync(LargeArgumentTurns.SmallBytes + 1, CancellationToken.None).AsTask().IsCompleted,
            Is.True
        );
    }

    [Test]
    public async Task Take_TurnsOfALargeMachine_LeaveOneProcessorFree()
    {
        using var turns = LargeArgumentTurns.ForThisMachine();
        var places = Math.Max(1, Environment.ProcessorCount - 1);
        for (var place = 0; place < places; place++)
        {
            Assert.That(turns.TakeAsync(int.MaxValue, CancellationToken.None).AsTask().IsCompleted, Is.True);
        }

        using var end = new CancellationTokenSource();
        var next = turns.TakeAsync(int.MaxValue, end.Token).AsTask();
        Assert.That(next.IsCompleted, Is.False);
        await end.CancelAsync();
        Assert.That(async () => await next, Throws.InstanceOf<OperationCanceledException>());
    }
}
