using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Marketing.Testing;

/// <summary>
/// Ports of the loopback address nobody uses now. They lie below those the kernel gives to outgoing connections, so that one is still free when
/// the process that listened on it is started again. Runs beside each other are given a range each (<see cref="RangeVariable"/>), so that none takes
/// the port of another's process that is down for a moment.
/// </summary>
internal static class FreePort
{
    /// <summary>First and last, with a dash between them.</summary>
    public const string RangeVariable = "DISTRIBUTIONS_TEST_PORTS";

    public const int First = 15_000;
    public const int Last = 32_000;

    private static readonly (int First, int Last) Range = Environment.GetEnvironmentVariable(RangeVariable)?.Split('-') is [var first, var last]
        ? (int.Parse(first, CultureInfo.InvariantCulture), int.Parse(last, CultureInfo.InvariantCulture))
        : (First, Last);

    // Whoever was given one listens a moment later, and again after it was killed: nobody else is given it.
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(Range.First, Range.Last);
            if (!Given.TryAdd(port, true))
            {
                continue;
            }

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
