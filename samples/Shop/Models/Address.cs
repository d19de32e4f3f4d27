namespace Shop.Models;

/// <summary>Owned by whoever lives there: it has no table of its own.</summary>
public class Address
{
    public required string Street { get; set; }

    public required string City { get; set; }

    public required string PostalCode { get; set; }

    public required string Country { get; set; }

    /// <summary>An address has one owner: two that live at the same place have one each.</summary>
    public Address Copy() => (Address)MemberwiseClone();
}
