namespace NeonPanel.Mcp.Server.Calls.Repeats;

/// <summary>The writes of this instance. Memory is bounded: a write is forgotten after the window, the oldest ones
/// earlier if there are too many or their receipts are too large.</summary>
internal sealed class LocalWrites(RepeatOptions options, TimeProvider time)
{
    /// <summary>Most writes to remember.</summary>
    private const int MaxWrites = 10_000;

    /// <summary>Most bytes of all receipts together. A usual receipt has 1 KB.</summary>
    private const int MaxReceiptBytes = 16 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    // Entries in the order in which they ended.
    private readonly Queue<(string Key, Entry Entry)> ended = [];
    private long receiptBytes;

    /// <summary>Claims a write.</summary>
    /// <param name="isForced">Whether the caller sends the write, whatever the server remembers.</param>
    public WriteClaim Claim(string key, bool isForced)
    {
        lock (gate)
        {
            Forget(time.GetUtcNow() - options.Window);
            var earlier = entries.GetValueOrDefault(key);
            if (earlier is null || isForced || earlier.Write.State == WriteState.Unknown)
            {
                var mine = entries[key] = new(new(WriteState.Running, time.GetUtcNow()));
                return new(IsMine: true, earlier?.Write) { Ticket = mine };
            }

            return new(IsMine: false, earlier.Write, earlier.Write.State == WriteState.Running ? earlier.Wait() : null);
        }
    }

    /// <summary>Ends a claim. If the same write was claimed again meanwhile, its end is what counts.</summary>
    /// <param name="write">The end to remember, or <see langword="null"/> to forget the write.</param>
    public void End(string key, WriteClaim claim, RememberedWrite? write)
    {
        var mine = (Entry)claim.Ticket!;
        lock (gate)
        {
            if (entries.GetValueOrDefault(key) == mine)
            {
                entries.Remove(key);
                if (write is not null)
                {
                    Remember(key, new(write));
                }
            }
        }

        mine.End();
    }

    private void Remember(string key, Entry entry)
    {
        entries[key] = entry;
        ended.Enqueue((key, entry));
        receiptBytes += entry.ReceiptBytes;
    }

    private void Forget(DateTimeOffset before)
    {
        while (ended.TryPeek(out var oldest) && IsOver(oldest.Entry, before))
        {
            ended.Dequeue();
            receiptBytes -= oldest.Entry.ReceiptBytes;
            if (entries.GetValueOrDefault(oldest.Key) == oldest.Entry)
            {
                entries.Remove(oldest.Key);
            }
        }
    }

    private bool IsOver(Entry oldest, DateTimeOffset before) =>
        oldest.Write.At <= before || ended.Count > MaxWrites || receiptBytes > MaxReceiptBytes;

    private sealed class Entry(RememberedWrite write)
    {
        private TaskCompletionSource? ended;

        public RememberedWrite Write { get; } = write;

        public int ReceiptBytes => Write.Receipt?.Structured.Length ?? 0;

        /// <summary>Returns a task that ends with the write. The caller holds the lock.</summary>
        public Task Wait()
        {
            ended ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return ended.Task;
        }

        /// <summary>Wakes those who wait. Nobody begins to wait after the entry was removed.</summary>
        public void End() => ended?.SetResult();
    }
}
