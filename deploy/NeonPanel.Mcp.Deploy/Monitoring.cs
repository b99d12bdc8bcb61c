using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;

namespace NeonPanel.Mcp.Deploy;

/// <summary>The alarms, and the dashboard that helps to explain them. The server's own counts come from its log lines,
/// whose fields docs/operations.md lists.</summary>
internal static class Monitoring
{
    private const string Namespace = "NeonPanel.Mcp";

    private const string UpstreamFailures =
        "{ ($.event = \"tool_call\") && (($.upstream_status >= 500) || ($.failure = \"timeout\") || ($.failure = \"connection\") || ($.failure = \"not_json\") || ($.failure = \"paused\")) }";

    public static void Add(Construct scope, StackSettings settings, Service service, Balancer balancer)
    {
        var topic = new Topic(scope, "Alarms", new TopicProps { EnforceSSL = true });
        if (settings.AlarmEmail is { } email)
        {
            topic.AddSubscription(new EmailSubscription(email));
        }

        IMetric Logged(string name, string pattern) =>
            new MetricFilter(
                scope,
                name + "Filter",
                new MetricFilterProps
                {
                    LogGroup = service.Logs,
                    FilterPattern = FilterPattern.Literal(pattern),
                    MetricNamespace = Namespace,
                    MetricName = name,
                    MetricValue = "1",
                    DefaultValue = 0,
                }
            ).Metric(new MetricOptions { Statistic = "Sum", Period = Duration.Minutes(5) });

        var five = new MetricOptions { Statistic = "Sum", Period = Duration.Minutes(5) };
        var (load, targets) = (balancer.LoadBalancer.Metrics, balancer.Targets.Metrics);
        var serverErrors = targets.HttpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, five);
        var balancerErrors = load.HttpCodeElb(HttpCodeElb.ELB_5XX_COUNT, five);
        var latency = targets.TargetResponseTime(new MetricOptions { Statistic = "p95", Period = Duration.Minutes(5) });
        var unhealthy = targets.UnhealthyHostCount(
            new MetricOptions { Statistic = "Maximum", Period = Duration.Minutes(1) }
        );
        var calls = Logged("Calls", "{ $.event = \"tool_call\" }");
        var refused = Logged("AuthFailures", "{ $.event = \"auth_refused\" }");
        var upstream = Logged("UpstreamFailures", UpstreamFailures);
        var faults = Logged("Faults", "{ ($.level = \"error\") || ($.level = \"critical\") }");
        var drift = Logged("Drift", "{ $.event = \"answer_drift\" }");

        void Alarm(string name, string description, IMetric metric, double above, int periods, int of)
        {
            var alarm = new Alarm(
                scope,
                name + "Alarm",
                new AlarmProps
                {
                    Metric = metric,
                    AlarmDescription = description,
                    Threshold = above,
                    ComparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
                    DatapointsToAlarm = periods,
                    EvaluationPeriods = of,
                    TreatMissingData = TreatMissingData.NOT_BREACHING,
                }
            );
            alarm.AddAlarmAction(new SnsAction(topic));
            alarm.AddOkAction(new SnsAction(topic));
        }

        Alarm("ServerErrors", "The server answers 5xx.", serverErrors, 5, 1, 1);
        Alarm(
            "BalancerErrors",
            "The load balancer answers 5xx by itself: tasks are missing, or close connections.",
            balancerErrors,
            5,
            1,
            1
        );
        Alarm("Latency", "One of twenty responses takes more than 5 s.", latency, 5, 3, 3);
        Alarm("UnhealthyHosts", "A task is not ready.", unhealthy, 0, 3, 5);
        Alarm(
            "AuthFailures",
            "Many tokens are rejected: the log's 'reason' says whether because of keys, issuer or audience.",
            refused,
            300,
            2,
            2
        );
        Alarm("UpstreamFailures", "NeonPanel's API fails, or does not answer.", upstream, 20, 2, 2);
        Alarm("Faults", "The server logged an error of its own.", faults, 0, 1, 1);
        Alarm(
            "Drift",
            "Answers of the API differ from its specification: look at /healthz?deep=1, then refresh.",
            drift,
            0,
            1,
            1
        );
        Board(
            scope,
            settings,
            [
                ("Requests", [load.RequestCount(five), calls]),
                ("Latency", [latency]),
                ("5xx", [serverErrors, balancerErrors, faults]),
                ("Tasks", [targets.HealthyHostCount(), unhealthy]),
                ("CPU and memory", [service.Fargate.MetricCpuUtilization(), service.Fargate.MetricMemoryUtilization()]),
                ("Refused tokens", [refused]),
                ("The API fails", [upstream]),
                ("Drift", [drift]),
            ]
        );
    }

    private static void Board(Construct scope, StackSettings settings, (string Title, IMetric[] Metrics)[] graphs)
    {
        var board = new Dashboard(
            scope,
            "Dashboard",
            new DashboardProps { DashboardName = settings.StackName, DefaultInterval = Duration.Hours(24) }
        );
        foreach (var pair in graphs.Chunk(2))
        {
            board.AddWidgets([
                .. pair.Select(graph => new GraphWidget(
                    new GraphWidgetProps
                    {
                        Title = graph.Title,
                        Left = graph.Metrics,
                        Width = 12,
                        Height = 6,
                    }
                )),
            ]);
        }
    }
}
