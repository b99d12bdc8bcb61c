using System.IO.Pipelines;

namespace NeonPanel.Mcp.Server.Messages;

/// <summary>Result of reading a body, or a part of a body.</summary>
internal enum BodyArrival
{
    /// <summary>The body has arrived whole.</summary>
    Whole,

    /// <summary>As much has arrived as was wanted, and the body goes on.</summary>
    More,

    /// <summary>The body is late. The response has its status.</summary>
    Late,

    /// <summary>The body is too large, too slow or cut short, and the response has its status; or the client has
    /// disconnected.</summary>
    Broken,
}

/// <summary>Reads bodies within a time.</summary>
/// <param name="time">The clock of the deadline.</param>
internal sealed class BodyFiller(TimeProvider time)
{
    /// <summary>Appends what arrives to a buffer.</summary>
    /// <param name="most">How many bytes are wanted, with those that the buffer holds.</param>
    /// <param name="longest">How long it may take.</param>
    public async Task<BodyArrival> FillAsync(HttpContext context, MemoryStream buffer, long most, TimeSpan longest)
    {
        try
        {
            var arrival = await FillAsync(context.Request.BodyReader, buffer, most, longest);
            if (arrival == BodyArrival.Late)
            {
                MessageRefusal.Begin(context, StatusCodes.Status408RequestTimeout);
            }

            return arrival;
        }
        catch (BadHttpRequestException exception)
        {
            // Too large, too slow or cut short. In Development the framework would show a stack.
            MessageRefusal.Begin(context, exception.StatusCode);
            return BodyArrival.Broken;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The connection is gone. Aborting keeps Kestrel from reading the rest of the body, which it would log as
            // an error.
            context.Abort();
            return BodyArrival.Broken;
        }
    }

    // The deadline ends the pending read instead of cancelling it. After a cancelled read Kestrel cannot drain the
    // body, and logs an error.
    private async Task<BodyArrival> FillAsync(PipeReader body, MemoryStream buffer, long most, TimeSpan longest)
    {
        using var end = new CancellationTokenSource(longest, time);
        await using var ending = end.Token.UnsafeRegister(reader => ((PipeReader)reader!).CancelPendingRead(), body);
        while (true)
        {
            var read = await body.ReadAsync(CancellationToken.None);
            var wanted = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, most - buffer.Length));
            foreach (var part in wanted)
            {
                buffer.Write(part.Span);
            }

            var isMore = wanted.Length < read.Buffer.Length;
            body.AdvanceTo(wanted.End);
            if (isMore)
            {
                return BodyArrival.More;
            }

            if (read.IsCompleted || read.IsCanceled)
            {
                return read.IsCompleted ? BodyArrival.Whole : BodyArrival.Late;
            }
        }
    }
}
