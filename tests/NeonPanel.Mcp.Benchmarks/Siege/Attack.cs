using Microsoft.AspNetCore.Http;

namespace NeonPanel.Mcp.Benchmarks.Siege;

/// <summary>One way to bring the server down.</summary>
internal abstract class Attack
{
    /// <summary>Gets the name that <c>--only</c> takes, such as <c>repair-numbers</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Gets the numbers of the findings of the security review that it repeats; empty for others.</summary>
    public abstract string Findings { get; }

    /// <summary>Gets settings of the server beside those of production, such as <c>Server__DrainTime</c>.</summary>
    public virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>Gets whether the issuer is down when the server starts. The honest user then calls once the attack has
    /// ended.</summary>
    public virtual bool StartsWithoutKeys => false;

    /// <summary>Gets whether the attack can be made here.</summary>
    public virtual bool IsPossible => true;

    /// <summary>Attacks until <paramref name="end"/>, or until its number of requests is reached.</summary>
    public abstract Task RunAsync(Battlefield field, CancellationToken end);

    /// <summary>Answers the server's request for an attacker, as the API.</summary>
    public virtual Task AnswerAsync(HttpContext context, string subject) => SiegeApi.AnswerWellAsync(context);

    /// <summary>Returns what the server should not have allowed, beside what holds for every attack.</summary>
    public virtual IEnumerable<string> Faults(Battlefield field) => [];
}
