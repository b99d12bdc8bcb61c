using System.Reflection;
using Microsoft.Extensions.Logging;
using NeonPanel.Mcp.Server.Telemetry;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Telemetry;

internal sealed class LogTests
{
    private const BindingFlags All =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly MethodInfo[] Lines =
    [
        .. typeof(Log)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(All))
            .Where(method => method.IsDefined(typeof(LoggerMessageAttribute))),
    ];

    [Test(
        Description = "Code for several classes is generated in another order in each build, and no build could be repeated."
    )]
    public void Lines_OfAllRooms_StandInOneClass() =>
        Assert.That(Lines.Select(line => line.DeclaringType).Distinct(), Is.EqualTo(new[] { typeof(Log) }));

    [Test]
    public void Lines_OfAllRooms_HaveIdsOfTheirOwn() =>
        Assert.That(Lines.Select(line => line.GetCustomAttribute<LoggerMessageAttribute>()!.EventId), Is.Unique);
}
