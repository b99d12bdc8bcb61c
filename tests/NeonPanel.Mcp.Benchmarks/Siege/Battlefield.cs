using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege;

/// <summary>The server under attack and what an attack needs to reach it.</summary>
internal sealed record Battlefield(
    Uri Address,
    ServerProcess Server,
    Issuer Issuer,
    SiegeApi Api,
    Attacker Attacker,
    bool IsShort,
    TimeSpan Length
)
{
    /// <summary>Picks a number for the short or for the long form.</summary>
    public int Of(int shortForm, int longForm) => IsShort ? shortForm : longForm;

    /// <summary>Returns a token of an attacker: the API answers it as the attack says.</summary>
    public string Token(string name = "", string client = "benchmark") =>
        Issuer.Token(SiegeApi.AttackerPrefix + name, client);
}
