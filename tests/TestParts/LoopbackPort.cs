using System.Net;
using System.Net.Sockets;

namespace Waybill.TestParts;

/// <summary>Free TCP ports for programs that cannot choose their own.</summary>
public static class LoopbackPort
{
    // Below the range from which systems give out ports of their own accord, so that between this answer and its
    // use no outgoing connection takes the port.
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>A port that nothing listens on right now; another process may still take it first.</summary>
    public static int FindFree()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var port = Random.Shared.Next(First, Last);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No free TCP port found between {First} and {Last} on {IPAddress.Loopback}.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException ex) when (ex.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}
