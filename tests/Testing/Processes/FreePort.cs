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
                return port;
            }
            catch (SocketException)
            {
            }
        }
    }
}
