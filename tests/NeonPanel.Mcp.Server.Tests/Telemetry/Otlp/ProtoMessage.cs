using System.Buffers.Binary;
using System.Text;

namespace NeonPanel.Mcp.Server.Tests.Telemetry.Otlp;

/// <summary>A protobuf message by the numbers of its fields: as much of the wire format as OTLP uses.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> fields = [];

    public ProtoMessage(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var tag = Varint(ref bytes);
            var (field, number, value) = ((int)(tag >> 3), 0UL, ReadOnlyMemory<byte>.Empty);
            switch (tag & 7)
            {
                case 0:
                    number = Varint(ref bytes);
                    break;
                case 1:
                    number = BinaryPrimitives.ReadUInt64LittleEndian(Take(ref bytes, 8).Span);
                    break;
                case 2:
                    value = Take(ref bytes, (int)Varint(ref bytes));
                    break;
                case 5:
                    number = BinaryPrimitives.ReadUInt32LittleEndian(Take(ref bytes, 4).Span);
                    break;
                default:
                    throw new FormatException($"Wire type {tag & 7} is none that OTLP uses.");
            }

            fields.Add((field, number, value));
        }
    }

    public IEnumerable<ProtoMessage> All(int field) =>
        fields.Where(known => known.Field == field).Select(known => new ProtoMessage(known.Bytes));

    public bool Has(int field) => fields.Exists(known => known.Field == field);

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field).Span);

    /// <summary>Gets an integer, or the bits of a floating-point number.</summary>
    public ulong Number(int field) => fields.Find(known => known.Field == field).Number;

    private ReadOnlyMemory<byte> Bytes(int field) => fields.Find(known => known.Field == field).Bytes;

    private static ulong Varint(ref ReadOnlyMemory<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Take(ref bytes, 1).Span[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> bytes, int count)
    {
        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
