using System.Net;
using System.Net.Sockets;

namespace Marketing.Hosting;

/// <summary>Ports nobody listens on now. Another process may still take one first; then the silo fails to start and says so.</summary>
internal static class FreePorts
{
    public static (int Silo, int Gateway) Pick(int silo, int gateway)
    {
        // Both are held while the other is picked, so they differ.
        using var first = new TcpListener(IPAddress.Loopback, silo);
        using var second = new TcpListener(IPAddress.Loopback, gateway);
        return (silo == 0 ? Start(first) : silo, gateway == 0 ? Start(second) : gateway);
    }

    private static int Start(TcpListener listener)
    {
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
