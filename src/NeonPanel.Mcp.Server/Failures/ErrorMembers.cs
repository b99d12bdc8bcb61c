using NeonPanel.Mcp.Server.Arguments;

namespace NeonPanel.Mcp.Server.Failures;

/// <summary>Names of the members in which APIs describe errors, in the form that <see cref="NearestName.Plain"/>
/// writes.</summary>
internal static class ErrorMembers
{
    /// <summary>Members with the message for the caller.</summary>
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

    /// <summary>Members with details, in addition to the message or instead of it.</summary>
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

    /// <summary>Members with the title of the kind of failure. They are used if there is no message.</summary>
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

    /// <summary>Members with an error code for programs.</summary>
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

    /// <summary>Members that name the field that an error is about.</summary>
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

    /// <summary>Members that name the field only in items of a list of errors; elsewhere these names mean other
    /// things.</summary>
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

    /// <summary>Members that contain further errors.</summary>
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

    /// <summary>Members with an object whose member names are the wrong fields.</summary>
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

    /// <summary>Members with records, whose own descriptions are not error messages.</summary>
    public static readonly HashSet<string> Records = ["elements", "data", "result", "results"];

    /// <summary>Names in such an object that stand for the request as a whole, not for a field.</summary>
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

    /// <summary>Members that are not part of a message.</summary>
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
