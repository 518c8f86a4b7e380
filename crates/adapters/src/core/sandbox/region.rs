//! Where people live: currency, zone, price level, and who takes their money there.
//!
//! Every name is made up. Prices are in units: one unit is a thousandth of a usual monthly net
//! income of the region, so that the same life is plausible in each currency.

mod east;
mod iberia;
mod west;

use bankside_domain::Currency;

/// A region with its shops.
pub(super) struct Region {
    /// ISO 3166-1 alpha-2.
    pub(super) country: &'static str,
    pub(super) currency: Currency,
    /// IANA time zone.
    pub(super) zone: &'static str,
    /// Minor units in one unit of price.
    pub(super) unit: i64,
    pub(super) cities: &'static [&'static str],
    pub(super) given: &'static [&'static str],
    pub(super) family: &'static [&'static str],
    /// Friends and flatmates with whom bills are split.
    pub(super) friends: &'static [&'static str],
    pub(super) employers: &'static [&'static str],
    pub(super) clients: &'static [&'static str],
    pub(super) landlords: &'static [&'static str],
    pub(super) groceries: &'static [&'static str],
    pub(super) cafes: &'static [&'static str],
    pub(super) restaurants: &'static [&'static str],
    pub(super) transit: &'static str,
    pub(super) fuel: &'static [&'static str],
    pub(super) taxi: &'static str,
    pub(super) shops: &'static [&'static str],
    pub(super) pharmacies: &'static [&'static str],
    pub(super) clinics: &'static [&'static str],
    pub(super) leisure: &'static [&'static str],
    pub(super) courses: &'static [&'static str],
    pub(super) power: &'static str,
    pub(super) internet: &'static str,
    pub(super) phone: &'static str,
    pub(super) water: &'static str,
    pub(super) insurer: &'static str,
    pub(super) gym: &'static str,
    pub(super) airline: &'static str,
    pub(super) cash_machine: &'static str,
}

/// The region of a country; the first where it is not served.
pub(super) fn region(country: &str) -> &'static Region {
    let all: [&'static Region; 8] = ALL;
    all.into_iter().find(|region| region.country == country).unwrap_or(&west::US)
}

const ALL: [&Region; 8] =
    [&west::US, &west::GB, &west::AE, &east::PL, &east::LV, &iberia::ES, &iberia::PT, &iberia::BR];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_region_lacks_anybody() {
        for region in ALL {
            let lists = [
                region.cities,
                region.given,
                region.family,
                region.friends,
                region.employers,
                region.clients,
                region.landlords,
                region.groceries,
                region.cafes,
                region.restaurants,
                region.fuel,
                region.shops,
                region.pharmacies,
                region.clinics,
                region.leisure,
                region.courses,
            ];
            assert!(lists.iter().all(|l| !l.is_empty()), "{}", region.country);
            assert!(lists.iter().flat_map(|l| l.iter()).all(|t| !t.is_empty() && t.len() < 80));
            assert!(jiff::tz::TimeZone::get(region.zone).is_ok(), "{}", region.zone);
            assert_eq!(super::region(region.country).country, region.country);
        }
    }
}
