using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Generator.Terminal;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Terminal;

internal sealed class SessionTests
{
    [TestCase("NO_COLOR", "1", true)]
    [TestCase("NO_COLOR", "", false)]
    [TestCase("CI", "true", true)]
    [TestCase("TERM", "dumb", true)]
    [TestCase("TERM", "xterm-256color", false)]
    public void IsPlain_OfTheEnvironment_FollowsItsConventions(string name, string value, bool expected) =>
        Assert.That(Session.IsPlain(asked => asked == name ? value : null), Is.EqualTo(expected));

    [Test]
    public void Run_VerbThatTakesLong_ShowsItsStageUntilItWrites()
    {
        var clock = new FakeTimeProvider();
        using var seen = new ManualResetEventSlim();
        using var terminal = new SignalingWriter("Reading [red]spec[/].json", seen);
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = new Session(output, terminal, Consoles.Over(terminal), clock).Run(
            (results, errors, stages) =>
            {
                results.Write("result");
                errors.Write("fault");
                stages!.Report("Reading [red]spec[/].json");
                // The time that the session waits for, and then that of one beat after the other.
                for (var beats = 0; !seen.Wait(TimeSpan.FromMilliseconds(1)); beats++)
                {
                    Assert.That(beats, Is.LessThan(30_000));
                    Assert.That(terminal.ToString(), Does.Not.Contain("fault"));
                    clock.Advance(TimeSpan.FromSeconds(1));
                }

                return 3;
            }
        );
        Assert.That(code, Is.EqualTo(3));
        Assert.That(output.ToString(), Is.EqualTo("result"), "results know nothing of the stage");
        Assert.That(terminal.ToString(), Does.EndWith("fault"));
    }

    [Test]
    public void Run_VerbThatIsDoneWithinASecond_ShowsNoStage()
    {
        var clock = new WaitedForClock();
        using var terminal = new StringWriter(CultureInfo.InvariantCulture);
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = new Session(output, terminal, Consoles.Over(terminal), clock).Run(
            (results, errors, stages) =>
            {
                stages!.Report("Reading");
                // Not done yet when the session begins to wait.
                Assert.That(clock.IsWaitedFor.Wait(TimeSpan.FromSeconds(15)), Is.True);
                clock.Advance(TimeSpan.FromSeconds(0.9));
                results.Write("result");
                errors.Write("fault");
                return 1;
            }
        );
        Assert.That((code, output.ToString(), terminal.ToString()), Is.EqualTo((1, "result", "fault")));
    }

    [Test]
    public void Run_VerbThatThrows_ThrowsWhatItThrew()
    {
        using var terminal = new StringWriter(CultureInfo.InvariantCulture);
        var session = new Session(TextWriter.Null, terminal, Consoles.Over(terminal), new FakeTimeProvider());
        Assert.That(
            () => session.Run((_, _, _) => throw new InvalidOperationException("why")),
            Throws.InvalidOperationException.With.Message.EqualTo("why")
        );
    }

    /// <summary>Tells when somebody waits for a time to come.</summary>
    private sealed class WaitedForClock : FakeTimeProvider
    {
        public ManualResetEventSlim IsWaitedFor { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            IsWaitedFor.Set();
            return timer;
        }
    }

    /// <summary>Tells when a text was written.</summary>
    private sealed class SignalingWriter(string text, ManualResetEventSlim seen)
        : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void Write(string? value)
        {
            base.Write(value);
            if (ToString().Contains(text, StringComparison.Ordinal))
            {
                seen.Set();
            }
        }
    }
}
