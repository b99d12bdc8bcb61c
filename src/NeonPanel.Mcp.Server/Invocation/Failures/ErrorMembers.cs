namespace NeonPanel.Mcp.Server.Invocation.Failures;

/// <summary>The members in which APIs put what went wrong. Names stand here as <see cref="NearestName.Plain"/> writes
/// them.</summary>
internal static class ErrorMembers
{
    /// <summary>What is said to the caller.</summary>
    public static readonly HashSet<string> Messages =
    [
        "message",
        "messages",
        "msg",
        "errormessage",
        "errormessages",
        "errormsg",
        "errorsummary",
        "messagetext",
        "usermessage",
        "userfriendlymessage",
        "displaymessage",
        "defaultmessage",
        "localizedmessage",
        "faultstring",
        "faultmessage",
        "text",
        "exceptionmessage",
    ];

    /// <summary>What is said in addition, or instead.</summary>
    public static readonly HashSet<string> Details =
    [
        "detail",
        "details",
        "errordescription",
        "description",
        "reason",
        "diagnostics",
        "longmessage",
        "developermessage",
        "errordetail",
        "errordetails",
        "moredetails",
        "cause",
        "explanation",
        "hint",
    ];

    /// <summary>What is said where nothing better is: the name of the kind of failure.</summary>
    public static readonly HashSet<string> Titles =
    [
        "title",
        "error",
        "errors",
        "errortitle",
        "summary",
        "statusmessage",
        "statustext",
        "fault",
        "info",
    ];

    /// <summary>A word for programs.</summary>
    public static readonly HashSet<string> Codes =
    [
        "code",
        "errorcode",
        "apierrorcode",
        "issue",
        "type",
        "errortype",
        "key",
        "name",
        "status",
    ];

    /// <summary>What an error is about.</summary>
    public static readonly HashSet<string> Fields =
    [
        "field",
        "fields",
        "fieldname",
        "pointer",
        "param",
        "params",
        "parameter",
        "parametername",
        "property",
        "propertyname",
        "propertypath",
        "propertyref",
        "target",
        "loc",
        "source",
        "attribute",
        "argument",
        "column",
        "expression",
        "instancepath",
        "datapath",
        "jsonpath",
        "header",
    ];

    /// <summary>What an error in a list of errors is about; elsewhere these words mean other things.</summary>
    public static readonly HashSet<string> FieldsOfItems =
    [
        "path",
        "name",
        "location",
        "element",
        "key",
        "apiname",
        "context",
        "membernames",
    ];

    /// <summary>Where more errors stand.</summary>
    public static readonly HashSet<string> Lists =
    [
        "errors",
        "error",
        "details",
        "detail",
        "elements",
        "validationerrors",
        "validationerror",
        "validation",
        "validations",
        "fault",
        "fieldviolations",
        "fielderrors",
        "formerrors",
        "globalerrors",
        "issues",
        "issue",
        "causes",
        "errorcauses",
        "modelstate",
        "invalidfields",
        "invalidparams",
        "violations",
        "constraintviolations",
        "innererror",
        "innererrors",
        "errordetails",
        "params",
        "data",
        "problems",
        "problem",
        "messages",
        "message",
        "errormessages",
        "nonfielderrors",
        "errorchain",
        "rootcause",
        "suberrors",
        "failures",
        "response",
        "result",
        "results",
        "body",
        "exception",
        "faults",
        "errorlist",
        "notifications",
        "extensions",
        "warnings",
        "errorresponse",
        "responsestatus",
        "envelope",
        "rejections",
        "fielderror",
    ];

    /// <summary>Where members are named after the fields that are wrong.</summary>
    public static readonly HashSet<string> Maps =
    [
        "errors",
        "modelstate",
        "fielderrors",
        "params",
        "validation",
        "validationerrors",
        "invalidfields",
    ];

    /// <summary>Where records stand, which have descriptions of their own.</summary>
    public static readonly HashSet<string> Records = ["elements", "data", "result", "results"];

    /// <summary>What in a map is about the whole.</summary>
    public static readonly HashSet<string> Whole =
    [
        "nonfielderrors",
        "all",
        "base",
        "root",
        "general",
        "schema",
        "global",
        "object",
        "",
        "$",
    ];

    /// <summary>What an answer says beside its message.</summary>
    public static readonly HashSet<string> Noise =
    [
        "id",
        "requestid",
        "traceid",
        "correlationid",
        "transactionid",
        "logid",
        "debugid",
        "timestamp",
        "time",
        "date",
        "path",
        "url",
        "uri",
        "href",
        "method",
        "version",
        "apiversion",
        "instance",
        "host",
        "link",
        "moreinfo",
        "documentationurl",
        "docurl",
        "helpurl",
        "help",
        "stack",
        "stacktrace",
        "trace",
        "xmlns",
    ];
}
