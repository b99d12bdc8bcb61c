using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NeonPanel.Mcp.Server.Telemetry;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Telemetry;

internal sealed class LogOutputTests
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    [Test]
    public void Lines_OfManyThreads_AreWholeAndAllThereAtTheEnd()
    {
        var output = new Output();
        using (var lines = Create(output, TimeSpan.FromMilliseconds(1)))
        {
            Parallel.For(0, 2000, number =>
                Say(lines.CreateLogger("some.category"), LogLevel.Information, "ü" + number)
            );
        }

        var written = output
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();
        Assert.That(
            written.Select(line => line.GetProperty("message").GetString()),
            Is.EquivalentTo(Enumerable.Range(0, 2000).Select(number => "ü" + number))
        );
        Assert.That(written[0].GetProperty("category").GetString(), Is.EqualTo("some.category"));
    }

    [Test]
    public void Error_TakesOutAtOnceWhatWaits()
    {
        var output = new Output();
        using var lines = Create(output, Never);
        Say(lines.CreateLogger("x"), LogLevel.Information, "before");
        Say(lines.CreateLogger("x"), LogLevel.Error, "wrong");
        Assert.That(output.Written.Wait(TimeSpan.FromSeconds(15)), Is.True);
        Assert.That(output.Text, Does.Contain("\"before\"").And.Contain("\"wrong\""));
    }

    [Test]
    public void Lines_OfASlowReader_HoldUpWhoLogsAndAreNotLost()
    {
        var output = new Output();
        output.Open.Reset();
        using (var lines = Create(output, TimeSpan.Zero))
        {
            var logger = lines.CreateLogger("x");
            // 4 MB in all, of which half waits at most.
            var logging = new Thread(() =>
                Enumerable
                    .Range(0, 40)
                    .ToList()
                    .ForEach(_ => Say(logger, LogLevel.Information, new string('x', 100_000)))
            );
            logging.Start();
            var hasEnded = logging.Join(TimeSpan.FromSeconds(1));
            output.Open.Set();
            Assert.That(hasEnded, Is.False);
            Assert.That(logging.Join(TimeSpan.FromSeconds(15)), Is.True);
        }

        Assert.That(output.Text.Count(character => character == '\n'), Is.EqualTo(40));
    }

    // Uncaught in a thread of its own, the failure would end the process.
    [Test]
    public void Lines_OfAnOutputThatFails_AreLostAndLaterOnesWritten()
    {
        var output = new Output { IsFull = true };
        using var lines = Create(output, Never);
        Say(lines.CreateLogger("x"), LogLevel.Error, "lost");
        Assert.That(output.Failed.Wait(TimeSpan.FromSeconds(15)), Is.True);
        output.IsFull = false;
        Say(lines.CreateLogger("x"), LogLevel.Error, "written");
        Assert.That(output.Written.Wait(TimeSpan.FromSeconds(15)), Is.True);
        Assert.That(output.Text, Does.Contain("\"written\"").And.Not.Contain("\"lost\""));
    }

    private static void Say(ILogger logger, LogLevel level, string text) =>
        logger.Log(level, default, text, null, (said, _) => said);

    private static LogOutput Create(Stream output, TimeSpan gathering) =>
        new(new JsonLines(TimeProvider.System, new HttpContextAccessor()), output, gathering);

    /// <summary>Standard output, whose reader takes nothing while it is closed.</summary>
    private sealed class Output : MemoryStream
    {
        public ManualResetEventSlim Open { get; } = new(true);

        public ManualResetEventSlim Written { get; } = new();

        public ManualResetEventSlim Failed { get; } = new();

        public volatile bool IsFull;

        public string Text => Encoding.UTF8.GetString(ToArray());

        public override void Flush() => Written.Set();

        public override void Write(byte[] buffer, int offset, int count)
        {
            Open.Wait();
            if (IsFull)
            {
                Failed.Set();
                throw new IOException("No space left on device");
            }

            base.Write(buffer, offset, count);
        }

        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);
    }
}
