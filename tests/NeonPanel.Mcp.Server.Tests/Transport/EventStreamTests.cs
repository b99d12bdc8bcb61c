using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Transport.LegacySse;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>Events in order, and no more held for a reader than may be (rule A8).</summary>
internal sealed class EventStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider time = new();
    private Pipe pipe = null!;
    private int aborts;
    private EventStream events = null!;

    [SetUp]
    public void Open()
    {
        // As Kestrel's: a write that fills it waits for the reader.
        pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024));
        aborts = 0;
        events = new EventStream(pipe.Writer, () => aborts++, time);
    }

    [Test]
    public async Task Events_SentAtOnce_GoOutInOrderAndWhole()
    {
        var sent = Enumerable.Range(0, 200).Select(number => number + new string('x', 3000) + "\n").ToList();
        sent.ForEach(text => events.Send(Encoding.ASCII.GetBytes(text)));
        var read = Encoding.ASCII.GetString(await ReadAsync(sent.Sum(text => text.Length)));
        Assert.That(read, Is.EqualTo(string.Concat(sent)));
        await events.CloseAsync().WaitAsync(Patience);
        Assert.That(aborts, Is.Zero);
    }

    [Test]
    public async Task Event_LargerThanMayWait_GoesOutWhereNothingWaits()
    {
        events.Send(new byte[3 * 1024 * 1024]);
        Assert.That(await ReadAsync(3 * 1024 * 1024), Has.Length.EqualTo(3 * 1024 * 1024));
        Assert.That(aborts, Is.Zero);
    }

    [TestCase(1024 * 1024, 0)]
    [TestCase((1024 * 1024) + 1, 1)]
    public void Events_BehindOneThatIsNotRead_MayBeAMebibyte(int waiting, int expected)
    {
        events.Send(new byte[64 * 1024]);
        events.Send(new byte[waiting]);
        Assert.That(aborts, Is.EqualTo(expected));
    }

    [TestCase(29, 0)]
    [TestCase(30, 1)]
    public void Write_ThatDoesNotGoThrough_IsCutAfterHalfAMinute(int seconds, int expected)
    {
        events.Send(new byte[64 * 1024]);
        time.Advance(TimeSpan.FromSeconds(seconds));
        events.Beat();
        Assert.That(aborts, Is.EqualTo(expected));
    }

    [Test]
    public async Task Events_ThatWereRead_WaitNoLonger()
    {
        for (var round = 0; round < 3; round++)
        {
            events.Send(new byte[64 * 1024]);
            events.Send(new byte[600_000]);
            await ReadAsync((64 * 1024) + 600_000);
        }

        Assert.That(aborts, Is.Zero, "never more than 664 KB at a time");
    }

    [Test]
    public void Stream_ThatWasCut_TakesNoMore()
    {
        events.Send(new byte[64 * 1024]);
        events.Send(new byte[(1024 * 1024) + 1]);
        events.Send(new byte[1]);
        Assert.That(aborts, Is.EqualTo(1));
    }

    [Test]
    public void Write_AfterALongSilence_HasItsOwnHalfMinute()
    {
        time.Advance(TimeSpan.FromSeconds(40));
        events.Send(new byte[64 * 1024]);
        events.Beat();
        Assert.That(aborts, Is.Zero);
    }

    [Test]
    public async Task Write_BehindASlowOne_HasItsOwnHalfMinute()
    {
        events.Send(new byte[64 * 1024]);
        events.Send(new byte[64 * 1024]);
        time.Advance(TimeSpan.FromSeconds(20));
        // The first byte of the second event: its write has begun.
        await ReadAsync((64 * 1024) + 1);
        time.Advance(TimeSpan.FromSeconds(20));
        events.Beat();
        Assert.That(aborts, Is.Zero);
        time.Advance(TimeSpan.FromSeconds(10));
        events.Beat();
        Assert.That(aborts, Is.EqualTo(1));
    }

    [TestCase(14, "x")]
    [TestCase(15, ":\n\nx")]
    public async Task Silence_OfAQuarterOfAMinute_IsBrokenByAComment(int seconds, string expected)
    {
        time.Advance(TimeSpan.FromSeconds(seconds));
        events.Beat();
        events.Send("x"u8.ToArray());
        Assert.That(Encoding.ASCII.GetString(await ReadAsync(expected.Length)), Is.EqualTo(expected));
    }

    [Test]
    public async Task Close_WithEventsWaiting_SendsThemAndTakesNoMore()
    {
        events.Send(new byte[64 * 1024]);
        events.Send(new byte[1000]);
        var closing = events.CloseAsync();
        events.Send(new byte[1000]);
        Assert.That(closing.IsCompleted, Is.False);
        await ReadAsync((64 * 1024) + 1000);
        await closing.WaitAsync(Patience);
        Assert.That(pipe.Reader.TryRead(out _), Is.False);
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        var read = new byte[count];
        await pipe.Reader.AsStream(leaveOpen: true).ReadExactlyAsync(read).AsTask().WaitAsync(Patience);
        return read;
    }
}
