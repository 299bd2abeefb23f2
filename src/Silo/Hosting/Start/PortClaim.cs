using System.Net;
using System.Net.Sockets;

namespace Marketing.Hosting;

/// <summary>
/// A port that is this process's for good. Orleans lets several processes listen on one port, and each would get some of the others' connections;
/// the datagram port of the same number has one owner only, and the kernel takes it back when the process ends, however it ends.
/// </summary>
internal sealed class PortClaim : IDisposable
{
    // A number that is free for streams may be owned by another silo, which listens a moment later.
    private const int Attempts = 100;

    private readonly Socket _owned;

    private PortClaim(Socket owned, int port) => (_owned, Port) = (owned, port);

    public int Port { get; }

    /// <summary>Claims the port, or null when it is taken. 0 claims one nobody uses.</summary>
    public static PortClaim? TryOf(IPAddress address, int port)
    {
        for (var attempt = 1; attempt <= (port == 0 ? Attempts : 1); attempt++)
        {
            if (TryOne(address, port) is { } claim)
            {
                return claim;
            }
        }

        return null;
    }

    public void Dispose() => _owned.Dispose();

    private static PortClaim? TryOne(IPAddress address, int port)
    {
        var owned = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };
        using var listener = new TcpListener(address, port) { ExclusiveAddressUse = true };
        try
        {
            // Streams first: somebody who is no silo may listen there, and owns no datagram port of that number.
            listener.Start();
            var found = ((IPEndPoint)listener.LocalEndpoint).Port;
            owned.Bind(new IPEndPoint(address, found));
            return new PortClaim(owned, found);
        }
        catch (SocketException)
        {
            owned.Dispose();
            return null;
        }
    }
}
