using System.Net;
using System.Net.Sockets;

namespace Marketing.Testing;

/// <summary>
/// Ports of the loopback address nobody uses now. They lie below those the kernel gives to outgoing connections, so that one is still free when
/// the process that listened on it is started again.
/// </summary>
internal static class FreePort
{
    private const int First = 15_000;
    private const int Last = 32_000;

    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
                listener.Start();

                // A silo owns the datagram port of the same number from its start on, and listens only later.
                using var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };
                datagrams.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
            }
        }
    }
}
