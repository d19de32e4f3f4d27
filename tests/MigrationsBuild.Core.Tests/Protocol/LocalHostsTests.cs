using MigrationsBuild.Protocol;

namespace MigrationsBuild.Core.Tests.Protocol;

[TestClass]
public class LocalHostsTests
{
    [TestMethod]
    [DataRow("localhost")]
    [DataRow("LocalHost")]
    [DataRow("localhost:5433")]
    [DataRow("127.0.0.1")]
    [DataRow("127.8.9.1:5433")]
    [DataRow("::1")]
    [DataRow("[::1]")]
    [DataRow("[::1]:5433")]
    [DataRow("/var/run/postgresql")]
    [DataRow("@abstract")]
    [DataRow("/tmp, localhost:5433,[::1]:5434")]
    public void Loopback_addresses_and_sockets_are_local(string hosts) => Assert.IsTrue(LocalHosts.AreLocal(hosts));

    [TestMethod]
    [DataRow("prod.example.com")]
    [DataRow("localhost.example.com")]
    [DataRow("127.0.0.1.example.com")]
    [DataRow("10.0.0.1:5432")]
    [DataRow("2001:db8::1")]
    [DataRow("[2001:db8::1]:5432")]
    [DataRow("/tmp,prod.example.com")]
    [DataRow("@abstract,prod.example.com")]
    [DataRow("localhost,prod.example.com:5433")]
    [DataRow("prod.example.com,localhost")]
    [DataRow("")]
    [DataRow("localhost,")]
    public void One_host_that_is_not_makes_all_of_them_not_local(string hosts) => Assert.IsFalse(LocalHosts.AreLocal(hosts));
}
