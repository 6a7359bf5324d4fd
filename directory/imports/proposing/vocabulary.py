"""The words that headings are made of, in English and Spanish, and what they mean together.

A word stands for one or more concepts; a target is told by sets of concepts, each with how sure
it makes us. Words are folded: small letters, no accents.
"""

from collections import defaultdict

CONCEPTS = {
    "org": "organization organisation org orgs agency agencies agencia provider proveedor"
    " organizacion entidad institution institucion company empresa operator",
    "facility": "facility facilities establecimiento center centre centro clinic clinica"
    " instalacion hospital",
    "site": "site sitio sede location office oficina branch sucursal",
    "service": "service servicio svc serv",
    "services": "services servicios svcs",
    "program": "program programme programa prog department departamento dept division",
    "name": "name nombre nombres nm nom title titulo",
    "id": "id ids identifier identificador uuid guid record registro folio expediente rec pk uid"
    " key clave index indice objectid globalid fid oid npi",
    "code": "code codigo cod cd",
    "number": "number num numero nro no nbr",
    "description": "description descripcion desc descr about acerca summary resumen overview"
    " sinopsis narrative mission mision",
    "url": "url website homepage link enlace www webpage weblink",
    "web": "web internet online",
    "page": "page pagina portal",
    "email": "email emails",
    "mail": "mail correo",
    "electronic": "e electronic electronico",
    "phone": "phone phones telephone telefono telefonos tel ph fone fono telf tlf telefonico call"
    " llamar llame",
    "contact": "contact contacto",
    "cell": "cell cellphone mobile movil celular toll tollfree gratuito gratuita local office",
    "fax": "fax facsimile telefax fx",
    "text": "text texting sms texto mensaje mensajes",
    "tty": "tty tdd ttd teletype textphone relay",
    "intake": "intake intakes admission admissions admision admisiones ingreso ingresos",
    "new": "new nuevo nueva nuevos nuevas",
    "patient": "patient patients client clients paciente pacientes cliente clientes",
    "crisis": "crisis emergency emergencia emergencias urgent urgencia urgencias hotline helpline"
    " lifeline",
    "line": "line linea lines",
    "extension": "extension ext exten",
    "street": "street calle st str avenue avenida road",
    "address": "address direccion addr dir domicilio adr",
    "mailing": "mailing envio correspondencia billing facturacion",
    "place": "location ubicacion lugar place",
    "whole": "full whole complete completo completa entire combined single",
    "suite": "suite ste unit unidad apt apartment apartamento apto floor piso room building"
    " edificio interior bldg",
    "city": "city ciudad town municipality municipio localidad locality poblacion pueblo",
    "county": "county condado cnty parish borough",
    "state": "state estado st province provincia",
    "zip": "zip zipcode postal postcode postalcode zc",
    "cp": "cp",
    "plus": "plus mas suffix",
    "country": "country pais nation nacion",
    "latitude": "latitude lat latitud",
    "longitude": "longitude lon long lng longitud",
    "x": "x xcoord",
    "y": "y ycoord",
    "coordinate": "coord coords coordinate coordenada geo gps",
    "timezone": "timezone tz",
    "time": "time hora",
    "zone": "zone zona huso",
    "hourly": "horaria horario",
    "language": "language languages lang langs idioma idiomas lengua lenguas lenguaje lenguajes",
    "spoken": "spoken hablado hablados offered ofrecido ofrecidos available disponible disponibles",
    "interpreter": "interpreter interpreters interpretation interprete interpretes interpretacion"
    " translation traduccion",
    "hours": "hours hour hrs hr horario horarios horas schedule schedules",
    "open": "open opening opens operation abierto apertura atencion business servicio",
    "fee": "fee fees price prices precio precios tarifa tarifas cuota cuotas charge charges",
    "cost": "cost costs costo costos coste costes",
    "payment": "payment payments pay pago pagos",
    "eligibility": "eligibility elegibilidad eligible elegible requirement requirements requisito"
    " requisitos criteria criterios qualifications",
    "who": "who quien quienes",
    "come": "can may come receive puede pueden venir recibir acudir",
    "age": "age ages edad edades",
    "min": "min minimum minimo minima from desde lowest youngest lower menor",
    "max": "max maximum maximo maxima to hasta highest oldest upper mayor",
    "range": "range rango group grupo grupos groups served atendidas",
    "status": "status estado estatus situacion active activo",
    "apply": "apply application solicitud solicitar referral referrals referido remision access"
    " acceso start started empezar comenzar appointment cita citas enroll enrollment inscripcion",
    "how": "how como",
    "process": "process proceso procedure procedimiento instructions instrucciones",
    "happens": "happens happen expect pasa sucede esperar",
    "what": "what que",
    "when": "when cuando",
    "telehealth": "telehealth telesalud telemedicine telemedicina virtual video remote",
    "police": "police policia officer officers",
    "drop": "drop dropoff",
    "off": "off",
    "checked": "checked verified verificado verificada verificacion verification revisado revisada"
    " revision reviewed updated update actualizado actualizada actualizacion confirmed confirmado",
    "last": "last latest ultimo ultima",
    "date": "date fecha dt day dia",
    "by": "by por",
    "need": "need needs necesidad necesidades category categories categoria categorias specialty"
    " specialties speciality especialidad especialidades taxonomy taxonomia topic topics tema"
    " temas issue issues focus tag tags etiqueta etiquetas"
    " term terms termino terminos",
    "type": "type types tipo tipos kind kinds clase clases",
    "care": "care treatment treatments tratamiento tratamientos atencion therapy terapia",
    "population": "population populations poblacion poblaciones audience publico",
    "served": "served serves atendida atendidas target objetivo special especial",
    "insurance": "insurance insurances seguro seguros payer payers payor aseguradora aseguradoras"
    " medicaid medicare",
    "accepted": "accepted accepts aceptado aceptados aceptada acepta options opciones methods",
    "accessibility": "accessibility accesibilidad accessible accesible wheelchair ada disability",
    "also": "alternate alternative alternativo alias aka dba also known conocido acronym siglas"
    " other otro otros short",
    "second": "second segundo segunda sub secondary secundario",
    "unnamed": "unnamed",
}
LIGHT = (
    "the of de del la el los las y and for para a an in en at al our your su main primary"
    " principal general public publico field campo column columna value valor info information"
    " informacion data dato datos first primer primero primera us usa to from by on as is be we you"
    " with con por que physical fisica"
)
# Words that make a heading speak of something else than the rest of it says.
HEADS = (
    "flag prompt label note notes nota notas comment comments comentario comentarios count total"
    " source fuente quality accuracy score logo image photo foto picture icon hash fips geoid"
    " format created creado modified author autor user usuario password preference method rank"
    " year ano month percent version license licence licencia"
)
# target → "how sure: concepts, concepts"; the first that hold count, the surest wins.
PATTERNS = {
    "organization": "95: org name, org, name 1; 90: facility name; 85: name; 75: facility",
    "program": "95: program name, program, name 2, name second, org name 2; 80: site name;"
    " 75: place name; 70: facility name 2, service name 2; 65: facility name",
    "service": "95: service name; 75: service; 60: services name, name",
    "alternate_name": "95: also name; 85: also; 90: also also name, also also",
    "source_id": "95: id, service id, program id, id number; 85: org id, facility id, site id;"
    " 90: code, org code, facility code, service code; 70: number; 60: unnamed, org number,"
    " facility number",
    "description": "95: description, service description, services description, org description,"
    " program description; 70: services, services spoken",
    "url": "95: url, web, web site, page web, web address, web url, web page, url org;"
    " 90: url address; 70: page",
    "email": "95: email, email address, mail electronic, address mail electronic, contact email;"
    " 75: mail",
    "phone": "95: phone, phone number, phone cell, cell, phone contact;"
    " 90: phone line, contact number; 60: contact",
    "intake": "95: intake, intake phone, intake number, new patient phone, intake line, new patient"
    "; 90: intake phone number, new patient phone number",
    "hotline": "95: crisis line, crisis phone, crisis, crisis phone number, crisis number,"
    " crisis line phone",
    "fax": "95: fax, fax number, fax phone, fax phone number",
    "text_line": "95: text line, text phone, text number; 85: text",
    "tty": "95: tty, tty phone, tty number, tty phone number, tty line",
    "extension": "95: extension, extension phone, extension fax, extension number",
    "address_1": "95: street, street address, address 1, address street, street 1, address line 1,"
    " street address 1, number street, name street; 85: address; 80: address site, address org,"
    " address facility, place address, line 1",
    "address_2": "95: address 2, street 2, address line 2, street address 2, suite, suite number,"
    " address suite, street suite, line address second, address second; 80: line 2",
    "whole_address": "95: address whole, place whole, whole; 80: address; 75: place,"
    " place address, address site, address org, address facility",
    "city": "95: city, city name, address city",
    "county": "95: county, county name, address county",
    "state": "95: state, state code, state name, address state",
    "postal_code": "95: zip, zip code, address zip, zip 5, cp, address zip code",
    "zip4": "95: zip 4, zip plus 4, zip plus, plus 4, zip code 4, zip extension",
    "country": "95: country, country code, country name, address country",
    "latitude": "95: latitude, coordinate latitude, latitude y; 70: coordinate y; 50: y",
    "longitude": "95: longitude, coordinate longitude, longitude x; 70: coordinate x; 50: x",
    "time_zone": "95: timezone, time zone, zone hourly",
    "languages": "95: language, language spoken, services language, language service",
    "interpreters": "95: interpreter, interpreter services, interpreter language, interpreter"
    " service",
    "hours": "95: hours, hours open, services hours, hours date; 60: open",
    "fees": "95: fee, fee service, fee services; 93: cost, cost service; 60: payment",
    "eligibility": "95: eligibility, who come, eligibility served; 70: who served",
    "ages": "95: age, age range, age served, age population; 90: age accepted",
    "minimum_age": "95: min age",
    "maximum_age": "95: max age",
    "status": "95: status, status service, status org, status facility",
    "how_to_start": "95: apply process, how apply, apply, intake process;"
    " 90: process; 75: how intake",
    "what_happens": "95: what happens, what happens when phone, what happens when, happens when",
    "telehealth": "95: telehealth, telehealth services, telehealth service",
    "accepts_drop_off": "95: police drop off, drop off, drop, police drop, accepted drop off",
    "checked_on": "95: last checked, checked date, last checked date, date last checked;"
    " 85: checked",
    "checked_by": "95: checked by, last checked by",
    "needs": "95: need, type facility, type services, type service, type care, need service,"
    " type program, care; 80: services, services spoken; 85: type org; 70: type, need type",
    "populations": "95: population, population served, population type; 80: served, who served",
    "costs": "90: payment type, payment accepted, payment accepted type, payment code, fee type,"
    " cost type, payment; 62: cost; 60: fee",
    "insurances": "95: insurance, insurance accepted, insurance type",
    "accessibility": "95: accessibility, accessibility site, accessibility type",
}


def _words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for concept, words in CONCEPTS.items():
        for word in words.split():
            found[word].add(concept)
    return {word: frozenset(concepts) for word, concepts in found.items()}


def _patterns() -> dict[str, tuple[tuple[float, frozenset[str]], ...]]:
    read: dict[str, tuple[tuple[float, frozenset[str]], ...]] = {}
    for target, text in PATTERNS.items():
        lines = [line.split(":") for line in text.split(";")]
        read[target] = tuple(
            (int(sure) / 100, frozenset(pattern.split()))
            for sure, patterns in lines
            for pattern in patterns.split(",")
        )
    return read


WHOSE = frozenset({"org", "facility", "site", "place", "service", "program"})  # "office phone"
WORDS = _words()
SETS = _patterns()
LIGHT_WORDS = frozenset(LIGHT.split())
HEAD_WORDS = frozenset(HEADS.split())
# What is paid beside the service: "Parking fee", "No-show fee".
PAID_BESIDE = frozenset(
    (
        *("parking", "estacionamiento", "aparcamiento", "parqueo", "late", "cancellation"),
        *("cancelacion", "missed", "show", "noshow", "fare"),
    )
)
KNOWN = frozenset(WORDS) | LIGHT_WORDS | HEAD_WORDS | PAID_BESIDE
