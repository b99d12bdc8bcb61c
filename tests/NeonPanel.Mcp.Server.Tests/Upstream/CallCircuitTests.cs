using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Upstream;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Upstream;

/// <summary>The users whose failures pause calls, and the users whose calls those failures pause
/// (docs/decisions/0022).</summary>
internal sealed class CallCircuitTests
{
    private readonly FakeTimeProvider time = new();
    private CallCircuit circuit = null!;

    [SetUp]
    public void Begin() => circuit = new(leastOperations: 1, time);

    [TestCase(9, true)]
    [TestCase(10, false)]
    public void Failures_OfOneUser_PauseThatUserAlone(int failures, bool isAdmitted)
    {
        Fail("one", failures);
        Assert.That(IsAdmitted("one"), Is.EqualTo(isAdmitted));
        Assert.That(IsAdmitted("other"), Is.True);
        Assert.That(circuit.State, Is.EqualTo(CircuitState.Closed));
    }

    [Test]
    public void Failures_OfTwoUsers_PauseNobodyElse()
    {
        Fail("one", 30);
        Fail("two", 30);
        Assert.That((IsAdmitted("one"), IsAdmitted("two"), IsAdmitted("other")), Is.EqualTo((false, false, true)));
    }

    // Of each user at most four failures count for all.
    [TestCase(4, 4, 2, false)]
    [TestCase(4, 4, 1, true)]
    [TestCase(9, 4, 2, false)]
    [TestCase(9, 4, 1, true)]
    [TestCase(9, 9, 0, true)]
    public void Failures_OfThreeUsers_PauseAllFromTheTenthThatCounts(int first, int second, int third, bool isAdmitted)
    {
        Fail("one", first);
        Fail("two", second);
        Fail("three", third);
        Assert.That(IsAdmitted("other"), Is.EqualTo(isAdmitted));
        Assert.That(circuit.State, Is.EqualTo(isAdmitted ? CircuitState.Closed : CircuitState.Open));
    }

    // Ten failures that count, and as many successes: the circuit opens. More successes keep it closed.
    [TestCase(3, true)]
    [TestCase(2, false)]
    public void Successes_OfMoreUsersThanFail_KeepItClosed(int served, bool isAdmitted)
    {
        Fail("one", 1);
        for (var user = 0; user < served; user++)
        {
            Succeed($"served-{user}", 50);
        }

        Succeed("last", 2);
        Fail("one", 3);
        Fail("two", 4);
        Fail("three", 2);
        Assert.That(IsAdmitted("another"), Is.EqualTo(isAdmitted));
    }

    [Test]
    public void Calls_OfWhichAFewFail_KeepItClosed()
    {
        for (var round = 0; round < 30; round++)
        {
            foreach (var user in (string[])["one", "two", "three"])
            {
                Fail(user, 1);
                Succeed(user, 4);
            }
        }

        Assert.That(
            (IsAdmitted("one"), IsAdmitted("two"), IsAdmitted("three"), IsAdmitted("other")),
            Is.EqualTo((true, true, true, true))
        );
    }

    // Half of the calls of each user fail.
    [Test]
    public void Calls_OfWhichHalfFail_PauseAll()
    {
        for (var round = 0; round < 4; round++)
        {
            foreach (var user in (string[])["one", "two", "three"])
            {
                Succeed(user, 1);
                Fail(user, 1);
            }
        }

        Assert.That(IsAdmitted("other"), Is.False);
    }

    [TestCase(29, false)]
    [TestCase(30, true)]
    public void Failures_CountForHalfAMinute(int seconds, bool isAdmitted)
    {
        Fail("one", 9);
        time.Advance(TimeSpan.FromSeconds(seconds));
        Fail("one", 1);
        Assert.That(IsAdmitted("one"), Is.EqualTo(isAdmitted));
    }

    [Test]
    public void Pause_OfAUser_EndsWithATrialThatSucceeds()
    {
        Fail("one", 10);
        time.Advance(TimeSpan.FromSeconds(14));
        Assert.That(circuit.TryEnter("one", out _, out var wait), Is.False);
        Assert.That(wait, Is.EqualTo(TimeSpan.FromSeconds(1)));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(circuit.TryEnter("one", out var trial, out _), Is.True);
        Assert.That(trial.IsTrial, Is.True);
        Assert.That(IsAdmitted("one"), Is.False, "one call tries at a time");
        circuit.Leave(trial, "one", "x", CallVerdict.Succeeded);
        Fail("one", 9);
        Assert.That(IsAdmitted("one"), Is.True, "it counts anew");
    }

    [TestCase(CallVerdict.Failed)]
    [TestCase(CallVerdict.Unknown)]
    public void Trial_OfAUserThatShowsNoRecovery_BeginsThePauseAnew(CallVerdict verdict)
    {
        Fail("one", 10);
        time.Advance(TimeSpan.FromSeconds(15));
        circuit.TryEnter("one", out var trial, out _);
        circuit.Leave(trial, "one", "x", verdict);
        Assert.That(circuit.TryEnter("one", out _, out var wait), Is.False);
        Assert.That(wait, Is.EqualTo(TimeSpan.FromSeconds(15)));
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.That(IsAdmitted("one"), Is.True);
    }

    [TestCase(CallVerdict.Succeeded, CircuitState.Closed)]
    [TestCase(CallVerdict.Failed, CircuitState.Open)]
    [TestCase(CallVerdict.Unknown, CircuitState.Open)]
    public void Trial_ForAllUsers_DecidesForAll(CallVerdict verdict, CircuitState expected)
    {
        FailForAll();
        Assert.That(circuit.State, Is.EqualTo(CircuitState.Open));
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.That(circuit.TryEnter("first", out var trial, out _), Is.True);
        Assert.That(circuit.State, Is.EqualTo(CircuitState.Trying));
        Assert.That(circuit.TryEnter("second", out _, out var wait), Is.False);
        Assert.That(wait, Is.EqualTo(TimeSpan.FromSeconds(1)));
        circuit.Leave(trial, "first", "x", verdict);
        Assert.That(circuit.State, Is.EqualTo(expected));
        Assert.That(IsAdmitted("second"), Is.EqualTo(expected == CircuitState.Closed));
    }

    [Test]
    public void Trial_ThatWasNotSent_LeavesItToTheNextCall()
    {
        FailForAll();
        time.Advance(TimeSpan.FromSeconds(15));
        circuit.TryEnter("first", out var trial, out _);
        circuit.GiveBack(trial);
        Assert.That(circuit.TryEnter("second", out var next, out _), Is.True);
        Assert.That(next.IsTrial, Is.True);
    }

    // Otherwise the user whose calls fail would decide for the others.
    [Test]
    public void User_WhoseOwnCallsPause_DoesNotTryForAll()
    {
        FailForAll();
        time.Advance(TimeSpan.FromSeconds(10));
        Fail("greedy", 10);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(IsAdmitted("greedy"), Is.False);
        Assert.That(IsAdmitted("other"), Is.True);
    }

    [Test]
    public void User_WhoComesBackLater_IsNotOnTrial()
    {
        Fail("one", 10);
        time.Advance(TimeSpan.FromSeconds(44));
        Assert.That(Enter("one").IsTrial, Is.True);
        circuit = new(leastOperations: 1, time);
        Fail("one", 10);
        time.Advance(TimeSpan.FromSeconds(45));
        Assert.That(Enter("one").IsTrial, Is.False);
    }

    // Failures from before the pause do not count after it.
    [Test]
    public void Trial_ForAllUsersThatSucceeds_CountsAnew()
    {
        FailForAll();
        time.Advance(TimeSpan.FromSeconds(15));
        circuit.Leave(Enter("first"), "first", "x", CallVerdict.Succeeded);
        Fail("a", 3);
        Fail("b", 3);
        Fail("c", 3);
        Assert.That(IsAdmitted("other"), Is.True, "nine failures since");
        Fail("d", 1);
        Assert.That(IsAdmitted("other"), Is.False, "ten");
    }

    // Calls that were sent before the pause end during it.
    [Test]
    public void Failures_DuringAPause_DoNotMakeItLonger()
    {
        Fail("one", 10);
        FailForAll();
        time.Advance(TimeSpan.FromSeconds(10));
        Fail("one", 5);
        FailForAll();
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(IsAdmitted("other"), Is.True);
        circuit = new(leastOperations: 1, time);
        Fail("one", 10);
        time.Advance(TimeSpan.FromSeconds(10));
        Fail("one", 5);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(IsAdmitted("one"), Is.True);
    }

    [Test]
    public void Trial_OfAUserThatWasNotSent_LeavesItToTheNextCall()
    {
        Fail("one", 10);
        time.Advance(TimeSpan.FromSeconds(15));
        circuit.GiveBack(Enter("one"));
        Assert.That(Enter("one").IsTrial, Is.True);
    }

    [Test]
    public void Trial_OfAUserThatTakesLong_StaysTheOnlyCall()
    {
        Fail("one", 10);
        time.Advance(TimeSpan.FromSeconds(15));
        var trial = Enter("one");
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.That(IsAdmitted("one"), Is.False);
        circuit.Leave(trial, "one", "x", CallVerdict.Succeeded);
        Assert.That(IsAdmitted("one"), Is.True);
    }

    [TestCase(2, true)]
    [TestCase(3, false)]
    public void WholeApi_PausesWhenThreeOperationsFail(int operations, bool isAdmitted)
    {
        circuit = new(leastOperations: 3, time);
        for (var call = 0; call < 30; call++)
        {
            Fail($"user-{call % 5}", 1, $"operation-{call % operations}");
        }

        Fail("single", 20, "operation-0");
        Fail("single", 20, "operation-1");
        Assert.That(IsAdmitted("other"), Is.EqualTo(isAdmitted));
    }

    [TestCase(2, true)]
    [TestCase(3, false)]
    public void WholeApi_PausesForAUserWhoSeesThreeOperationsFail(int operations, bool isAdmitted)
    {
        circuit = new(leastOperations: 3, time);
        for (var call = 0; call < 30; call++)
        {
            Fail("one", 1, $"operation-{call % operations}");
        }

        Assert.That((IsAdmitted("one"), IsAdmitted("other")), Is.EqualTo((isAdmitted, true)));
    }

    private void FailForAll()
    {
        foreach (var user in (string[])["a", "b", "c", "d"])
        {
            Fail(user, 3);
        }
    }

    private void Fail(string subject, int count, string operation = "x") =>
        End(subject, count, operation, CallVerdict.Failed);

    private void Succeed(string subject, int count) => End(subject, count, "x", CallVerdict.Succeeded);

    // As calls that were under way before a pause began.
    private void End(string subject, int count, string operation, CallVerdict verdict)
    {
        for (var call = 0; call < count; call++)
        {
            circuit.Leave(default, subject, operation, verdict);
        }
    }

    private bool IsAdmitted(string subject) => circuit.TryEnter(subject, out _, out _);

    private CallPermit Enter(string subject)
    {
        Assert.That(circuit.TryEnter(subject, out var permit, out _), Is.True);
        return permit;
    }
}
