using System.Net;
using System.Net.Sockets;

namespace Marketing.Hosting;

/// <summary>
/// A port that is this process's for good. Orleans lets several processes listen on one port, and each would get some of the others' connections;
/// the datagram port of the same number has one owner only, and the kernel takes it back when the process ends, however it ends.
/// </summary>
internal sealed class PortClaim : IDisposable
{
    private readonly Socket _owned;

    private PortClaim(Socket owned, int port) => (_owned, Port) = (owned, port);

    public int Port { get; }

    /// <summary>Claims the port, or null when it is taken.</summary>
    public static PortClaim? TryOf(IPAddress address, int port)
    {
        var owned = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };
        using var listener = new TcpListener(address, port) { ExclusiveAddressUse = true };
        try
        {
            owned.Bind(new IPEndPoint(address, port));
            var claimed = ((IPEndPoint)owned.LocalEndPoint!).Port;
            if (port != 0)
            {
                // Somebody who is no silo may listen there.
                listener.Start();
            }

            return new PortClaim(owned, claimed);
        }
        catch (SocketException)
        {
            owned.Dispose();
            return null;
        }
    }

    public void Dispose() => _owned.Dispose();
}
