namespace Bookshop.Models;

public class Address
{
    public required string Street { get; set; }

    public required string City { get; set; }

    public string? Country { get; set; }
}
