using System.Net;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Upstream;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Upstream;

/// <summary>Repetition, deadline, breaker and places of the path to the API.</summary>
internal sealed class CallPipelineTests
{
    private const string Failing = "503 Service Unavailable";

    [TestCase(0, 1)]
    [TestCase(1, 2)]
    [TestCase(2, 3)]
    public async Task Read_ThatFails_IsRepeatedAsOftenAsIsSet(int retries, int expected)
    {
        await using var api = new RawUpstream(exchange => exchange.SendJsonAsync("{}", Failing));
        await using var path = new UpstreamPath(api, retries: retries);
        Assert.That((await path.GetAsync()).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(api.Requests, Has.Count.EqualTo(expected));
    }

    [TestCase("Retry-After: 2\r\n", 2.0)]
    [TestCase("Retry-After: 0\r\n", 0.0)]
    [TestCase("Date: Tue, 01 Dec 2026 10:00:00 GMT\r\nRetry-After: Tue, 01 Dec 2026 10:00:02 GMT\r\n", 2.0)]
    [TestCase("Date: Tue, 01 Dec 2026 10:00:00 GMT\r\nRetry-After: Tue, 01 Dec 2026 09:00:00 GMT\r\n", 0.0)]
    public async Task RetryAfter_OfTwoSecondsOrLess_IsKept(string header, double pause)
    {
        await using var api = new RawUpstream(exchange => exchange.SendJsonAsync("{}", Failing, header));
        await using var path = new UpstreamPath(api, retries: 1);
        var start = path.Clock.GetTimestamp();
        await path.GetAsync();
        Assert.That(api.Requests, Has.Count.EqualTo(2));
        Assert.That(path.Clock.GetElapsedTime(start).TotalSeconds, Is.EqualTo(pause));
    }

    [TestCase("Retry-After: 3\r\n")]
    [TestCase("Retry-After: 999999999\r\n")]
    [TestCase("Date: Tue, 01 Dec 2026 10:00:00 GMT\r\nRetry-After: Tue, 01 Dec 2026 10:00:03 GMT\r\n")]
    [TestCase("Retry-After: Tue, 01 Dec 2099 10:00:00 GMT\r\n")]
    public async Task RetryAfter_OfMore_IsTheCallersToWaitFor(string header)
    {
        await using var api = new RawUpstream(exchange =>
            exchange.SendJsonAsync("{}", "429 Too Many Requests", header)
        );
        await using var path = new UpstreamPath(api);
        var answer = await path.GetAsync();
        Assert.That(api.Requests, Has.Count.EqualTo(1));
        Assert.That(answer.RetryAfter, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task Deadline_CountsRepetitionsAndTheBody()
    {
        var hanging = new TaskCompletionSource();
        await using var api = new RawUpstream(async exchange =>
        {
            if (exchange.Request.Number == 1)
            {
                await exchange.SendJsonAsync("{}", Failing, "Retry-After: 2\r\n");
                return;
            }

            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{");
            hanging.SetResult();
            await exchange.HangAsync();
        });
        await using var path = new UpstreamPath(api);
        var call = path.GetAsync();
        await hanging.Task;
        path.Clock.Advance(TimeSpan.FromSeconds(12.9));
        Assert.That(call.IsCompleted, Is.False);
        path.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await Assert.ThatAsync(() => call, Throws.InstanceOf<TimeoutException>());
        Assert.That(api.Requests, Has.Count.EqualTo(2));
    }

    [TestCase("500 Internal Server Error")]
    [TestCase("502 Bad Gateway")]
    [TestCase(Failing)]
    [TestCase("504 Gateway Timeout")]
    [TestCase(null)]
    public async Task Breaker_AfterTenFailuresOfThreeUsers_PausesAndOneCallTriesAgain(string? status)
    {
        await using var api = new RawUpstream(_ => Task.CompletedTask);
        api.Answer = exchange => Fail(exchange, status);
        await using var path = new UpstreamPath(api, retries: 0);
        await FailForAllAsync(path);
        Assert.That(api.Requests, Has.Count.EqualTo(10));

        path.Clock.Advance(TimeSpan.FromSeconds(5));
        var refused = await Assert.ThrowsAsync<CallNotSentException>(() => path.GetAsync("another"));
        Assert.That((refused!.Reason, refused.Pause), Is.EqualTo((NotSentReason.Paused, TimeSpan.FromSeconds(10))));
        Assert.That(api.Requests, Has.Count.EqualTo(10));

        path.Clock.Advance(TimeSpan.FromSeconds(10));
        await FailAsync(path, 1);
        await Assert.ThrowsAsync<CallNotSentException>(() => path.GetAsync("another"));
        Assert.That(api.Requests, Has.Count.EqualTo(11));

        path.Clock.Advance(TimeSpan.FromSeconds(15));
        api.Answer = exchange => exchange.SendJsonAsync("{}");
        await path.GetAsync();
        await path.GetAsync();
        Assert.That(api.Requests, Has.Count.EqualTo(13));
    }

    [Test]
    public async Task Breaker_FailuresOfOneUser_PauseThatUserAlone()
    {
        await using var api = new RawUpstream(exchange => exchange.SendJsonAsync("{}", "500 Internal Server Error"));
        await using var path = new UpstreamPath(api, retries: 0);
        await FailAsync(path, 10, "attacker");
        await Assert.ThrowsAsync<CallNotSentException>(() => path.GetAsync("attacker"));
        for (var call = 0; call < 9; call++)
        {
            await path.GetAsync("other");
        }

        Assert.That(api.Requests, Has.Count.EqualTo(19));
    }

    [Test]
    public async Task Breaker_OneOperationThatFailsForAll_LeavesTheOthersAlone()
    {
        await using var api = new RawUpstream(exchange => exchange.SendJsonAsync("{}", "500 Internal Server Error"));
        await using var path = new UpstreamPath(api, retries: 0);
        await FailForAllAsync(path);
        await Assert.ThrowsAsync<CallNotSentException>(() => path.GetAsync("another"));
        Assert.That(
            (await path.GetAsync("another", template: "/y")).StatusCode,
            Is.EqualTo(HttpStatusCode.InternalServerError)
        );
        Assert.That(
            (await path.SendAsync("POST", "{}", "another")).StatusCode,
            Is.EqualTo(HttpStatusCode.InternalServerError)
        );
    }

    [Test]
    public async Task Breaker_ThreeOperationsThatFailForThreeUsers_PauseAllOperations()
    {
        await using var api = new RawUpstream(exchange => exchange.SendJsonAsync("{}", "500 Internal Server Error"));
        await using var path = new UpstreamPath(api, retries: 0);
        for (var call = 0; call < 10; call++)
        {
            await path.GetAsync($"user-{call % 3}", template: $"/{call % 4}");
        }

        await Assert.ThrowsAsync<CallNotSentException>(() => path.GetAsync("another", template: "/y"));
    }

    // The operation may be tried again while the whole API still pauses; the trial must not get lost on the way.
    [Test]
    public async Task Breaker_TrialOfAnOperationWhileTheApiPauses_IsLeftForLater()
    {
        await using var api = new RawUpstream(exchange => exchange.SendJsonAsync("{}", "500 Internal Server Error"));
        await using var path = new UpstreamPath(api, retries: 0);
        await FailForAllAsync(path);
        path.Clock.Advance(TimeSpan.FromSeconds(10));
        await path.GetAsync("user-0", template: "/y");
        await path.GetAsync("user-1", template: "/z");
        api.Answer = exchange => exchange.SendJsonAsync("{}");
        path.Clock.Advance(TimeSpan.FromSeconds(5));
        var refused = await Assert.ThrowsAsync<CallNotSentException>(() => path.GetAsync("another"));
        Assert.That(refused!.Pause, Is.EqualTo(TimeSpan.FromSeconds(10)));
        path.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.That((await path.GetAsync("another")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    // A busy moment of our own shows nothing of the API, and must not use the trial up.
    [Test]
    public async Task Breaker_TrialThatFindsNoPlace_LeavesItToTheNextCall()
    {
        await using var api = new RawUpstream(exchange => Fail(exchange, Failing));
        await using var path = new UpstreamPath(api, maxConnections: 1, retries: 0);
        await FailForAllAsync(path);
        path.Clock.Advance(TimeSpan.FromSeconds(15));
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        api.Answer = async exchange =>
        {
            arrived.TrySetResult();
            await release.Task;
            await exchange.SendJsonAsync("{}");
        };
        var slow = path.GetAsync("slow", template: "/y");
        await arrived.Task;
        var busy = await Assert.ThrowsAsync<CallNotSentException>(() => path.GetAsync("first"));
        Assert.That(busy!.Reason, Is.EqualTo(NotSentReason.Busy));
        release.SetResult();
        await slow;
        await path.GetAsync("second");
        Assert.That((await path.GetAsync("first")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("400 Bad Request")]
    [TestCase("401 Unauthorized")]
    [TestCase("403 Forbidden")]
    [TestCase("404 Not Found")]
    [TestCase("422 Unprocessable Content")]
    [TestCase("429 Too Many Requests")]
    [TestCase("501 Not Implemented")]
    public async Task Breaker_RefusalsOfOneUser_LeaveTheOthersAlone(string status)
    {
        await using var api = new RawUpstream(exchange => exchange.SendJsonAsync("{}", status));
        await using var path = new UpstreamPath(api, retries: 0);
        await FailAsync(path, 40, "first");
        Assert.That(
            (await path.GetAsync("second")).StatusCode,
            Is.EqualTo((HttpStatusCode)int.Parse(status[..3], System.Globalization.CultureInfo.InvariantCulture))
        );
        Assert.That(api.Requests, Has.Count.EqualTo(41));
    }

    [Test]
    public async Task Breaker_AnswersTooLarge_LeaveItClosed()
    {
        await using var api = new RawUpstream(exchange =>
            exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n")
        );
        await using var path = new UpstreamPath(api);
        await FailAsync(path, 20);
        Assert.That(api.Requests, Has.Count.EqualTo(20));
    }

    [Test]
    public async Task Breaker_SlowReportsOfOneUser_LeaveTheOthersAlone()
    {
        await using var api = new RawUpstream(exchange => exchange.HangAsync());
        await using var path = new UpstreamPath(api);
        await HangAsync(api, path, _ => "slow");
        api.Answer = exchange => exchange.SendJsonAsync("{}");
        Assert.That((await path.GetAsync("quick")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Breaker_SlowReportsOfManyWhileOthersAreAnswered_LeaveItClosed()
    {
        await using var api = new RawUpstream(exchange => exchange.HangAsync());
        await using var path = new UpstreamPath(api);
        await HangAsync(
            api,
            path,
            index => "user-" + index,
            async () =>
            {
                api.Answer = exchange => exchange.SendJsonAsync("{}");
                await path.GetAsync("quick");
            }
        );
        Assert.That((await path.GetAsync("quick")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Breaker_ApiThatAnswersNobody_Pauses()
    {
        await using var api = new RawUpstream(exchange => exchange.HangAsync());
        await using var path = new UpstreamPath(api);
        await HangAsync(api, path, index => "user-" + index);
        var refused = await Assert.ThrowsAsync<CallNotSentException>(() => path.GetAsync("another"));
        Assert.That(refused!.Reason, Is.EqualTo(NotSentReason.Paused));
    }

    // A model's user presses "stop" as often as it takes.
    [Test]
    public async Task Breaker_ClientsThatLeave_LeaveItClosed()
    {
        await using var api = new RawUpstream(exchange => exchange.HangAsync());
        await using var path = new UpstreamPath(api, retries: 0);
        for (var call = 0; call < 12; call++)
        {
            var arrived = new TaskCompletionSource();
            api.Answer = exchange =>
            {
                arrived.SetResult();
                return exchange.HangAsync();
            };
            using var leaving = new CancellationTokenSource();
            var hanging = path.GetAsync($"user-{call % 3}", cancellationToken: leaving.Token);
            Assert.That(await Task.WhenAny(arrived.Task, hanging), Is.SameAs(arrived.Task), "the call was sent");
            await leaving.CancelAsync();
            await Assert.ThatAsync(() => hanging, Throws.InstanceOf<OperationCanceledException>());
        }

        api.Answer = exchange => exchange.SendJsonAsync("{}");
        Assert.That((await path.GetAsync("user-0")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    // Also where the API answered somebody else meanwhile, which excuses a slow report at other times.
    [Test]
    public async Task Breaker_TrialThatMeetsItsDeadline_DoesNotEndThePause()
    {
        await using var api = new RawUpstream(exchange => Fail(exchange, Failing));
        await using var path = new UpstreamPath(api, retries: 0);
        await FailForAllAsync(path);
        path.Clock.Advance(TimeSpan.FromSeconds(15));
        var arrived = new TaskCompletionSource();
        api.Answer = exchange =>
        {
            arrived.SetResult();
            return exchange.HangAsync();
        };
        var trial = path.GetAsync("user");
        await arrived.Task;
        api.Answer = exchange => exchange.SendJsonAsync("{}");
        path.Clock.Advance(TimeSpan.FromSeconds(10));
        await path.GetAsync("quick", template: "/y");
        path.Clock.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThatAsync(() => trial, Throws.InstanceOf<TimeoutException>());
        var refused = await Assert.ThrowsAsync<CallNotSentException>(() => path.GetAsync("another"));
        Assert.That(refused!.Reason, Is.EqualTo(NotSentReason.Paused));
    }

    [Test]
    public async Task Breaker_ClientThatLeavesTheTrial_DoesNotEndThePause()
    {
        await using var api = new RawUpstream(exchange => Fail(exchange, Failing));
        await using var path = new UpstreamPath(api, retries: 0);
        await FailForAllAsync(path);
        path.Clock.Advance(TimeSpan.FromSeconds(15));
        var arrived = new TaskCompletionSource();
        api.Answer = exchange =>
        {
            arrived.SetResult();
            return exchange.HangAsync();
        };
        using var leaving = new CancellationTokenSource();
        var trial = path.GetAsync("user", cancellationToken: leaving.Token);
        await arrived.Task;
        await leaving.CancelAsync();
        await Assert.ThatAsync(() => trial, Throws.InstanceOf<OperationCanceledException>());
        await Assert.ThrowsAsync<CallNotSentException>(() => path.GetAsync("another"));
    }

    [Test]
    public async Task Requests_OverTheMinuteOfAUser_WaitForTheNextSecondAndOthersAreServed()
    {
        await using var api = new RawUpstream(exchange => exchange.SendJsonAsync("{}"));
        await using var path = new UpstreamPath(api, requestsPerMinute: 3);
        for (var call = 0; call < 3; call++)
        {
            await path.GetAsync("greedy");
        }

        var refused = await Assert.ThrowsAsync<CallNotSentException>(() => path.GetAsync("greedy"));
        Assert.That((refused!.Reason, refused.Pause), Is.EqualTo((NotSentReason.Busy, TimeSpan.FromSeconds(20))));
        await path.GetAsync("other");
        Assert.That(api.Requests, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Places_OneUserHoldsHalf_AndOthersAreServed()
    {
        var release = new TaskCompletionSource();
        var arrived = new SemaphoreSlim(0);
        await using var api = new RawUpstream(async exchange =>
        {
            arrived.Release();
            await release.Task;
            await exchange.SendJsonAsync("{}");
        });
        await using var path = new UpstreamPath(api, maxConnections: 4);
        List<Task> calls = [path.GetAsync("greedy"), path.GetAsync("greedy")];
        var refused = await Assert.ThrowsAsync<CallNotSentException>(() => path.GetAsync("greedy"));
        Assert.That(refused!.Reason, Is.EqualTo(NotSentReason.Busy));
        calls.AddRange([path.GetAsync("second"), path.GetAsync("third")]);
        for (var call = 0; call < 4; call++)
        {
            await arrived.WaitAsync();
        }

        await Assert.ThrowsAsync<CallNotSentException>(() => path.GetAsync("fourth"));
        Assert.That(api.Requests, Has.Count.EqualTo(4), "what was refused was not sent");
        release.SetResult();
        await Task.WhenAll(calls);
        await path.GetAsync("greedy");
        Assert.That(api.Requests, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Cancellation_WhileTheApiWorks_ReachesItAndFreesThePlace()
    {
        var (arrived, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var api = new RawUpstream(async exchange =>
        {
            arrived.TrySetResult();
            await exchange.HangAsync();
            left.SetResult();
        });
        await using var path = new UpstreamPath(api, maxConnections: 1);
        using var leaving = new CancellationTokenSource();
        var call = path.SendAsync("POST", "{}", "user", cancellationToken: leaving.Token);
        await arrived.Task;
        await leaving.CancelAsync();
        await Assert.ThatAsync(() => call, Throws.InstanceOf<OperationCanceledException>());
        await left.Task;
        api.Answer = exchange => exchange.SendJsonAsync("{}");
        await path.GetAsync();
        Assert.That(api.Requests, Has.Count.EqualTo(2));
    }

    private static Task Fail(RawExchange exchange, string? status)
    {
        if (status is not null)
        {
            return exchange.SendJsonAsync("{}", status);
        }

        exchange.Reset();
        return Task.CompletedTask;
    }

    // Ten calls of three users.
    private static async Task FailForAllAsync(UpstreamPath path)
    {
        for (var call = 0; call < 10; call++)
        {
            await FailAsync(path, 1, $"user-{call % 3}");
        }
    }

    private static async Task FailAsync(UpstreamPath path, int count, string subject = "user")
    {
        for (var call = 0; call < count; call++)
        {
            try
            {
                await path.GetAsync(subject);
            }
            catch (HttpRequestException)
            {
                // as the answer was meant
            }
        }
    }

    // Twelve calls that wait in vain, enough to open the breaker if they count.
    private static async Task HangAsync(
        RawUpstream api,
        UpstreamPath path,
        Func<int, string> subject,
        Func<Task>? meanwhile = null
    )
    {
        const int count = 12;
        var arrived = new SemaphoreSlim(0);
        api.Answer = exchange =>
        {
            arrived.Release();
            return exchange.HangAsync();
        };
        var calls = Enumerable.Range(0, count).Select(index => path.GetAsync(subject(index))).ToList();
        for (var call = 0; call < count; call++)
        {
            await arrived.WaitAsync();
        }

        path.Clock.Advance(TimeSpan.FromSeconds(1));
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        path.Clock.Advance(TimeSpan.FromSeconds(14));
        foreach (var call in calls)
        {
            await Assert.ThatAsync(() => call, Throws.InstanceOf<TimeoutException>());
        }
    }
}
