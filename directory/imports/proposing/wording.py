"""Words that cells are told by, in English and Spanish, folded."""

import re


def _phrases(text: str) -> frozenset[str]:
    return frozenset(text.split("|"))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COUNTRIES = _phrases(
    "us|usa|united states|united states of america|estados unidos|ee uu|mexico|canada|mx|ca"
    "|puerto rico"
)
STATUSES = _phrases(
    "active|inactive|open|closed|closed for good|temporarily closed|defunct|pending|activo|activa"
    "|inactivo|inactiva|abierto|abierta|cerrado|cerrada|cerrado temporalmente"
)
MONEY = re.compile(
    r"(?i)\$\s?\d|\b(?:free|no cost|no charge|sliding[- ](?:scale|fee)|gratis|gratuit[oa]|sin costo"
    r"|cuota|copay|donation|donaci[oó]n|fee|tarifa|escala)\b"
)
STREET_WORDS = _words(
    "street st avenue ave av boulevard blvd road rd drive dr lane ln court ct circle cir way place"
    " pl highway hwy parkway pkwy broadway terrace route rte square plaza trail pike turnpike"
    " calle avenida carretera carr paseo camino calzada bulevar blvr box apartado"
)
ORGANIZATION_WORDS = _words(
    "health healthcare inc llc ltd corp corporation foundation hospital medical center centers"
    " centre institute association coalition network ministries ministry university college society"
    " council agency authority partners alliance house clinic clinics group services counseling"
    " counselling psychiatric behavioral mental wellness community family recovery therapy"
    " salud fundacion asociacion instituto centro centros clinica clinicas hogar iglesia casa"
    " servicios consejeria comunidad comunitario bienestar familias red grupo universidad"
)
PROGRAM_WORDS = _words(
    "program programs programme office outpatient inpatient department unit division adult adults"
    " youth child children adolescent residential team intensive branch campus satellite clinic"
    " school based day walk in mobile line group groups support peer housing detox shelter"
    " programa oficina ambulatorio departamento unidad adultos jovenes juvenil infantil"
    " residencial equipo movil grupos apoyo sede sucursal linea refugio"
)
EMPTY = _phrases(
    "na|n/a|n.a.|-|--|—|.|none|null|nan|#n/a|n/d|nd|s/d|no aplica|ninguno|ninguna"
    "|not applicable|http://|https://"
)
GOES_ON = ("of", "at", "for", "and", "the", "in", "&", "/", "de", "del", "para", "y", "en")
