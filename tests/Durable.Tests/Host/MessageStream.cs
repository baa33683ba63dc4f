using System.Buffers;
using System.Buffers.Binary;
using System.Reflection;
using System.Threading.Channels;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;

namespace Waybill.Durable.Tests.Host;

/// <summary>
/// The host's end of the stream on which the Functions host and its worker talk: gRPC over HTTP/2, each message being what the worker's own
/// assembly describes, read and written as JSON.
/// </summary>
internal sealed class MessageStream
{
    public const string Path = "/AzureFunctionsRpcMessages.FunctionRpc/EventStream";

    private const int PrefixLength = 5;

    private static readonly MessageDescriptor Message = (MessageDescriptor)Assembly.Load("Microsoft.Azure.Functions.Worker.Grpc")
        .GetType("Microsoft.Azure.Functions.Worker.Grpc.Messages.StreamingMessage", throwOnError: true)!
        .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)!
        .GetValue(null)!;

    private readonly Channel<string> _toWorker = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _fromWorker = Channel.CreateUnbounded<string>();

    public ChannelReader<string> Received => _fromWorker.Reader;

    public void Send(string json) => _toWorker.Writer.TryWrite(json);

    /// <summary>Serves the worker's call for as long as it lasts.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.WhenAny(ReadAsync(context), WriteAsync(context));
    }

    private async Task ReadAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var rest = read.Buffer;
            while (TryTake(ref rest, out var json))
            {
                _fromWorker.Writer.TryWrite(json);
            }

            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private async Task WriteAsync(HttpContext context)
    {
        await foreach (var json in _toWorker.Reader.ReadAllAsync(context.RequestAborted))
        {
            var message = JsonParser.Default.Parse(json, Message).ToByteArray();
            var prefix = new byte[PrefixLength];
            BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), message.Length);
            await context.Response.Body.WriteAsync((byte[])[.. prefix, .. message], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, out string json)
    {
        json = "";
        if (buffer.Length < PrefixLength)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(buffer.Slice(1, 4).ToArray());
        if (buffer.Length < PrefixLength + length)
        {
            return false;
        }

        json = JsonFormatter.Default.Format(Message.Parser.ParseFrom(buffer.Slice(PrefixLength, length)));
        buffer = buffer.Slice(PrefixLength + length);
        return true;
    }
}
